import type { TreeValue } from '../../formats/decoded.js'
import { showValue, type Site } from './fault-log.js'

const form = /^([a-z][a-z0-9-]+[a-z0-9])--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** The type that an id names, where it is an id (STIX 2.1, section 2.9): a type, two hyphens, and a UUID of RFC 4122. */
export function typeInId(id: string): string | undefined {
  // An id is at most that long; a longer text need not be looked through.
  if (id.length > 300) return undefined
  const type = form.exec(id)?.[1]
  return type !== undefined && type === type.toLowerCase() ? type : undefined
}

/** The type that an id begins with, sound or not. */
export function typePrefix(id: string): string | undefined {
  const end = id.indexOf('--')
  return end > 0 ? id.slice(0, end) : undefined
}

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
