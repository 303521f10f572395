import type { TreeValue } from '../../formats/decoded.js'
import { showValue } from './show-value.js'
import type { Site } from './site.js'
import { typeInId } from './stix-ids.js'

const asked = new Map<string, ReadonlySet<string>>()

/** A reference to an object: an id, of one of the types asked for ("identity|location"), or of none of them ("!bundle"). */
export function checkReference(value: TreeValue, types: string, label: string, site: Site): void {
  if (site.isContained && typeof value === 'string') return
  const type = typeof value === 'string' ? typeInId(value) : undefined
  if (type === undefined) {
    site.tell({ code: 'verify/schema', message: `${label} is not the id of an object`, found: showValue(value) })
    return
  }
  if (types === '') return
  const isNot = types.startsWith('!')
  if (wordsOf(types).has(type) !== isNot) return
  // An object that an extension defines may stand where the specification has none of its own.
  if (!isNot && type.startsWith('x-')) return
  site.tell({
    code: 'verify/schema',
    message: isNot ? `${label} refers to an object that cannot stand there` : `${label} refers to an object of another type`,
    found: showValue(value),
    expected: wordsOf(types).size === 0 ? 'an id' : `${isNot ? 'none of ' : ''}${[...wordsOf(types)].join(', ')}`,
  })
}

function wordsOf(types: string): ReadonlySet<string> {
  let words = asked.get(types)
  if (!words) {
    words = new Set(types.replace('!', '').split('|'))
    asked.set(types, words)
  }
  return words
}
