import type { TreeValue } from '../../formats/decoded.js'
import { showValue, type Site } from './fault-log.js'

const form = /^([a-z][a-z0-9-]+[a-z0-9])--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** The type in an id (STIX 2.1, section 2.9: a type, two hyphens, a UUID of RFC 4122); undefined if the id is not well-formed. */
export function typeInId(id: string): string | undefined {
  // Longer than any id: spares the expression hostile texts.
  if (id.length > 300) return undefined
  const type = form.exec(id)?.[1]
  return type !== undefined && type === type.toLowerCase() ? type : undefined
}

/** The type that an id begins with, well-formed or not. */
export function typePrefix(id: string): string | undefined {
  const end = id.indexOf('--')
  return end > 0 ? id.slice(0, end) : undefined
}

const parsed = new Map<string, ReadonlySet<string>>()

/** Checks that a reference is an id, of one of the types ("identity|location"), or of none of them ("!bundle"); '' allows any. */
export function checkReference(value: TreeValue, types: string, label: string, site: Site): void {
  if (site.isContained && typeof value === 'string') return
  const type = typeof value === 'string' ? typeInId(value) : undefined
  if (type === undefined) {
    site.report({ code: 'verify/schema', message: `${label} is not the id of an object`, found: showValue(value) })
    return
  }
  if (types === '') return
  const isNot = types.startsWith('!')
  if (wordsOf(types).has(type) !== isNot) return
  // Custom types are accepted in place of the types that the specification lists.
  if (!isNot && type.startsWith('x-')) return
  site.report({
    code: 'verify/schema',
    message: isNot ? `${label} refers to an object of a type that is not allowed` : `${label} refers to an object of an unexpected type`,
    found: showValue(value),
    expected: wordsOf(types).size === 0 ? 'an id' : `${isNot ? 'none of ' : ''}${[...wordsOf(types)].join(', ')}`,
  })
}

function wordsOf(types: string): ReadonlySet<string> {
  let words = parsed.get(types)
  if (!words) {
    words = new Set(types.replace('!', '').split('|'))
    parsed.set(types, words)
  }
  return words
}
