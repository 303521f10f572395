import { type AttackIndex, techniqueIdForm } from '../../attack/attack-index.js'
import { isObject, itemsOf, textOf, type TreeValue } from '../../formats/decoded.js'
import type { BundleGraph, PlacedObject } from './check-times.js'
import { type FaultLog, showValue, type Site } from './fault-log.js'

/**
 * Reports objects with the same id and `modified` (STIX 2.1, section 3.6): an id may repeat for several versions, but a version has
 * only one content.
 */
export function checkCopies({ objects, byId }: BundleGraph, { report }: FaultLog): void {
  // Of ids that repeat, which few do.
  const versions = new Map<string, PlacedObject>()
  for (const placed of objects) {
    const earliest = byId.get(placed.id)
    if (!earliest || earliest === placed) continue
    if (!versions.has(versionOf(earliest))) versions.set(versionOf(earliest), earliest)
    const first = versions.get(versionOf(placed))
    if (!first) {
      versions.set(versionOf(placed), placed)
      continue
    }
    const same = isEqual(first.object, placed.object)
    report(placed.index, {
      code: same ? 'verify/doubtful' : 'verify/meaning',
      message: same
        ? 'the bundle contains the object twice'
        : 'an earlier object in the bundle has the same id and modified time, but different contents',
      found: `the first is /objects/${first.index}`,
      steps: ['id'],
    })
  }
}

function versionOf({ id, object }: PlacedObject): string {
  return `${id} ${textOf(object, 'modified') ?? ''}`
}

/** Deep equality, whatever the order of properties. Visits no more than the smaller value contains. */
function isEqual(first: TreeValue | undefined, second: TreeValue | undefined): boolean {
  if (first === second) return true
  if (Array.isArray(first)) {
    const others: readonly TreeValue[] = Array.isArray(second) ? second : []
    return Array.isArray(second) && first.length === others.length
      && first.every((item: TreeValue, index) => isEqual(item, others[index]))
  }
  if (!isObject(first) || !isObject(second)) return false
  const names = Object.keys(first)
  return names.length === Object.keys(second).length
    && names.every((name) => Object.hasOwn(second, name) && isEqual(first[name], second[name]))
}

/**
 * Reports attack patterns that cite an ATT&CK technique but don't have its STIX id: a platform that already has ATT&CK imports the
 * technique a second time. Looks in every release, since MITRE never changes the STIX id of a technique.
 */
export function checkOfficialIds({ objects }: BundleGraph, attack: AttackIndex, { report }: FaultLog): void {
  for (const { index, id, type, object } of objects) {
    if (type !== 'attack-pattern') continue
    const technique = itemsOf(object, 'external_references')
      .filter((reference) => (textOf(reference, 'source_name') ?? '').startsWith('mitre-'))
      .map((reference) => textOf(reference, 'external_id'))
      .find((cited) => cited !== undefined && techniqueIdForm.test(cited))
    if (technique === undefined) continue
    const official = new Set(attack.history(technique).map((entry) => entry.technique.stixId))
    if (official.size === 0 || official.has(id)) continue
    report(index, {
      code: 'verify/doubtful',
      message: "the technique does not have MITRE's id; platforms that already have ATT&CK import it a second time",
      found: `${technique} as ${id.slice(0, 120)}`,
      expected: [...official].join(' or '),
      steps: ['id'],
    })
  }
}

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
