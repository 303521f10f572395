import { type AttackIndex, techniqueIdForm } from '../../attack/attack-index.js'
import { isObject, type TreeObject } from '../../formats/decoded.js'
import { stated } from '../../model/stated.js'
import { objectsOf } from '../reading/read-text.js'
import { labelsOf, textOf, textsOf } from './bundle-index.js'

/** A technique as an attack-pattern names it. */
export interface RecognisedTechnique {
  readonly id: string
  /** The id as the object writes it, if that is not its usual form: "t1566", "T1059-001". */
  readonly written?: string
  readonly name?: string
  /** Ids of other techniques that the object names in the same way, or in `x_mitre_id`. */
  readonly others: readonly string[]
}

/** How an id of ATT&CK is found in an object: its form, and the form of the address of its page. */
interface IdKind {
  readonly form: RegExp
  readonly page: RegExp
}

const techniqueKind: IdKind = {
  form: /^T\d{4}(?:[./_-]\d{3})?$/i,
  page: /\/techniques?\/(T\d{4}(?:[./]\d{3})?)(?![\w.])/i,
}
const mitigationKind: IdKind = { form: /^M\d{4}$/i, page: /\/mitigations?\/(M\d{4})(?![\w.])/i }

/**
 * The technique that an attack-pattern is, as others than MITRE write it too: the id in a reference to ATT&CK under any of its names,
 * the address of a page of ATT&CK, `x_mitre_id` (OpenCTI), the name ("T1566", "T1566 - Phishing", "Phishing (T1566)") or an alias.
 * Undefined if there is none, or if the object is an entry of another catalogue that only refers to ATT&CK, as those of CAPEC do.
 */
export function recogniseTechnique(value: TreeObject, attack: AttackIndex | undefined): RecognisedTechnique | undefined {
  const named = splitName(textOf(value, 'name') ?? '')
  const own = ownIds(value)
  const isTheirs = belongsElsewhere(value)
  const isKnown = (id: string): boolean => !isTheirs || !attack || attack.domainsOf(canonical(id)).length > 0
  const byOthers = isTheirs ? [] : [referenceIds(value, techniqueKind, isAttackSource), pageIds(value, techniqueKind)]
  const ways = [
    referenceIds(value, techniqueKind, isMitreSource), ...byOthers,
    own.filter((id) => techniqueKind.form.test(id) && isKnown(id)),
    named.id === undefined || !isKnown(named.id) ? [] : [named.id],
    isTheirs ? [] : aliasesOf(value).filter((alias) => techniqueKind.form.test(alias)),
  ]
  const ids = ways.find((way) => way.length > 0)
  const [written] = ids ?? []
  if (ids === undefined || written === undefined) return undefined
  const id = canonical(written)
  const others = [...ids, ...(isTheirs ? [] : own.filter((text) => techniqueKind.form.test(text)))].map(canonical)
  return {
    id,
    ...stated({ written: written === id ? undefined : written, name: named.id === undefined ? textOf(value, 'name') : named.rest }),
    others: [...new Set(others)].filter((other) => other !== id),
  }
}

/** The id of one of ATT&CK's mitigations that a course-of-action is, as others than MITRE write it. */
export function recogniseMitigation(value: TreeObject): string | undefined {
  if (belongsElsewhere(value)) return undefined
  const [id] = [
    ...referenceIds(value, mitigationKind, isAttackSource), ...pageIds(value, mitigationKind),
    ...ownIds(value).filter((text) => mitigationKind.form.test(text)),
  ]
  return id?.toUpperCase()
}

/** The property in which OpenCTI and others state the id of an object, at the object or in one of its extensions. */
export function ownIds(value: TreeObject): readonly string[] {
  const extensions = isObject(value.extensions) ? Object.values(value.extensions).filter(isObject) : []
  return [value, ...extensions].flatMap((part) => idProperties.flatMap((property) => textOf(part, property)?.trim() ?? []))
}

const idProperties = ['x_mitre_id', 'x_mitre_attack_id', 'x_mitre_technique_id', 'mitre_attack_id', 'mitre_id'] as const

/** The name of another matrix that an object is of, such as MITRE ATLAS; undefined if it is not known to be of one. */
export function otherMatrixOf(value: TreeObject): string | undefined {
  const ids = [...objectsOf(value.external_references).flatMap((reference) => textOf(reference, 'external_id') ?? []), ...ownIds(value)]
  const isAtlas = [...ids, textOf(value, 'name') ?? ''].some((id) => /^AML\.T\d{4}/i.test(id))
  return isAtlas ? 'MITRE ATLAS' : undefined
}

/**
 * Whether an attack-pattern that is not recognised looks like a technique all the same: it has a phase of ATT&CK's kill chain, one of
 * MITRE's properties, a reference to ATT&CK, or a technique id anywhere in its name, aliases, labels, references or description.
 */
export function looksLikeTechnique(value: TreeObject): boolean {
  const references = objectsOf(value.external_references)
  if (labelsOf(value, 'framework:').length > 0) return false
  if (belongsElsewhere(value)) return references.slice(0, 1).some((first) => techniqueKind.form.test(textOf(first, 'external_id') ?? ''))
  const phases = objectsOf(value.kill_chain_phases).map((phase) => textOf(phase, 'kill_chain_name') ?? '')
  const texts = [
    ...['name', 'description'].map((property) => textOf(value, property) ?? ''), ...aliasesOf(value), ...textsOf(value, 'labels'),
    ...references.flatMap((reference) => ['external_id', 'url', 'description'].map((property) => textOf(reference, property) ?? '')),
  ]
  return phases.some(isAttackSource) || Object.keys(value).some((key) => key.startsWith('x_mitre_'))
    || references.some((reference) => isAttackSource(textOf(reference, 'source_name') ?? ''))
    || texts.some((text) => /(?<![a-z0-9])T\d{4}(?![a-z0-9])/i.test(text))
}

/** Whether an object is an entry of another catalogue: its first reference with an id is none to ATT&CK and names no page of it. */
export function belongsElsewhere(value: TreeObject): boolean {
  const references = objectsOf(value.external_references).filter((reference) => textOf(reference, 'external_id') !== undefined)
  const [first] = references
  if (!first || references.some((reference) => isMitreSource(textOf(reference, 'source_name') ?? ''))) return false
  return !isAttackSource(textOf(first, 'source_name') ?? '') && !isAttackPage(textOf(first, 'url') ?? '')
}

/** MITRE's own names of ATT&CK in bundles. */
function isMitreSource(source: string): boolean {
  return /^mitre-(?:[a-z]{1,20}-)?attack$/.test(source)
}

/** Any name of ATT&CK: "mitre-attack", "MITRE ATT&CK", "ATT&CK Enterprise", "attack.mitre.org", "MITRE". */
function isAttackSource(source: string): boolean {
  if (source.length > LONGEST_SOURCE) return false
  const words = source.toLowerCase().replaceAll(/att(?:&(?:amp;)?|[ _-])ck/g, 'attack').split(/[^a-z]+/).filter((word) => word !== '')
  return words.some((word) => attackNames.has(word)) && words.every((word) => attackNames.has(word) || attackWords.has(word))
}

/** Longest name of a source that is examined. */
const LONGEST_SOURCE = 100

const attackNames: ReadonlySet<string> = new Set(['attack', 'attck', 'mitre', 'mitreattack', 'mitreattck'])

/** Words beside the name of ATT&CK that do not make it another thing. */
const attackWords: ReadonlySet<string> = new Set([
  'the', 'corporation', 'corp', 'org', 'http', 'https', 'www', 'v', 'version', 'enterprise', 'mobile', 'ics', 'pre', 'cloud', 'for',
  'framework', 'matrix', 'knowledge', 'base', 'technique', 'techniques', 'subtechnique', 'sub', 'id', 'ttp', 'ttps', 'cti', 'r', 'tm',
])

function isAttackPage(url: string): boolean {
  return /^(?:https?:\/\/)?(?:www\.)?(?:attack|collaborate)\.mitre\.org\//i.test(url.trim())
}

function referenceIds(value: TreeObject, kind: IdKind, isOf: (source: string) => boolean): readonly string[] {
  return objectsOf(value.external_references).flatMap((reference) => {
    const id = textOf(reference, 'external_id')?.trim()
    return id !== undefined && kind.form.test(id) && isOf(textOf(reference, 'source_name') ?? '') ? [id] : []
  })
}

function pageIds(value: TreeObject, { page }: IdKind): readonly string[] {
  return objectsOf(value.external_references).flatMap((reference) => {
    const url = textOf(reference, 'url') ?? ''
    return isAttackPage(url) ? (page.exec(url)?.[1]?.replace('/', '.') ?? []) : []
  })
}

function aliasesOf(value: TreeObject): readonly string[] {
  return ['aliases', 'x_opencti_aliases', 'x_mitre_aliases'].flatMap((property) => textsOf(value, property)).map((alias) => alias.trim())
}

/** The technique id in a name, and the rest of the name; neither if it has none at its beginning or end. */
function splitName(text: string): { readonly id?: string; readonly rest?: string } {
  const name = text.trim()
  if (name.length > LONGEST_NAME) return {}
  const [led, first] = /^[[(]?(T\d{4}(?:[./_-]\d{3})?)[\])]?(?![\w.])/i.exec(name) ?? []
  const [trailing, last] = /[[(]?(?<![\w.])(T\d{4}(?:[./_-]\d{3})?)[\])]?$/i.exec(name) ?? []
  if (led !== undefined && first !== undefined) return namedBy(first, name.slice(led.length).replace(/^\s*[-–—:|,]?\s*/, ''))
  if (trailing === undefined || last === undefined) return {}
  const before = name.slice(0, -trailing.length).trimEnd()
  // In a sentence ("Follow-up to T1566") the id does not say what the object is.
  const isSetOff = trailing.startsWith('(') || trailing.startsWith('[') || /[-–—:|]$/.test(before) || isAttackSource(before)
  return isSetOff ? namedBy(last, before.replace(/[-–—:|]$/, '').trimEnd()) : {}
}

/** Longest name that is split. */
const LONGEST_NAME = 300

/** A name's id and the rest of it. A second id says that the object is several techniques, or about them. */
function namedBy(id: string, rest: string): { readonly id?: string; readonly rest?: string } {
  if (/(?<![a-z0-9])T\d{4}(?![a-z0-9])/i.test(rest)) return {}
  return { id, ...stated({ rest: rest === '' || isAttackSource(rest) ? undefined : rest }) }
}

/** T1059.001 for "t1059-001". */
function canonical(id: string): string {
  const usual = id.toUpperCase().replace(/[/_-]/, '.')
  return techniqueIdForm.test(usual) ? usual : id
}
