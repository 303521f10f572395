import type { Framework } from './framework.js'
import { frameworkByLabel } from './framework-by-label.js'
import { mitigationShape } from './stix-shapes.js'

/** The longest id that is made up: ids stand in file names. */
const LONGEST_ID = 60

/**
 * What is known of the framework with this id or label, or, for one that nobody told us of, a record made up from it:
 * "Example Controls v2" becomes `example_controls_v2`, whose capabilities mitigate techniques.
 */
export function describeFramework(label: string): Framework {
  const known = frameworkByLabel(label)
  if (known) return known
  const name = label.trim()
  return {
    id: foldId(name),
    name: name === '' ? 'Unknown' : name,
    labels: name === '' ? [] : [name],
    relations: [],
    stix: mitigationShape,
  }
}

function foldId(name: string): string {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}-]+/u).filter((word) => word !== '')
  return words.join('_').slice(0, LONGEST_ID) || 'unknown'
}
