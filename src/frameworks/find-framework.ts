import { foldName } from '../model/text.js'
import { unknownFramework } from '../model/mapping-set.js'
import { dialectFrameworks, frameworks } from './frameworks.js'
import { type Framework, mitigationShape } from './framework.js'

/** Longest id derived from a label: ids are part of file names. */
const LONGEST_ID = 60

/**
 * The framework with this id or label. For an unknown one, a record derived from the label: "Example Controls v2" becomes
 * `example_controls_v2`, whose capabilities mitigate techniques.
 */
export function describeFramework(label: string): Framework {
  const known = frameworkByLabel(label)
  if (known) return known
  const name = label.trim()
  return {
    id: foldId(name),
    name: name === '' ? unknownFramework.name : name,
    labels: name === '' ? [] : [name],
    relations: [],
    stix: mitigationShape,
  }
}

function foldId(name: string): string {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}-]+/u).filter((word) => word !== '')
  return words.join('_').slice(0, LONGEST_ID) || unknownFramework.id
}

/** The framework that a heading, menu entry or badge names, ignoring case and punctuation; undefined if unknown. */
export function frameworkByLabel(label: string): Framework | undefined {
  return byLabel.get(foldName(label))
}

const byLabel = new Map(
  [...frameworks, ...dialectFrameworks].flatMap((framework) => [framework.id, framework.name, ...framework.labels]
    .map((label) => [foldName(label), framework] as const)),
)
