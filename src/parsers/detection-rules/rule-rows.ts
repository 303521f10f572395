import { isList, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import type { Capability } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import { stated } from '../../model/stated.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { readField, readLine, readLines, readReferences } from '../reading/read-text.js'

/** A row of a rule. */
export type RuleRow = Exclude<Mapping, { kind: 'unmapped-technique' }>

/**
 * The rows of a rule: one for each technique, with several places if the rule names it for several tactics. A rule without a technique is
 * a capability without one; a rule without id and name is reported as unreadable.
 */
export function buildRuleRows(rule: Rule, relation: string, reader: FileReader): readonly RuleRow[] {
  const { id, name, pointer, techniques, comments, references, author } = rule
  if (id === undefined) {
    const count = Math.max(1, techniques.length)
    reader.report('parse/unreadable-row', pointer, { found: 'a rule without an id or a name', expected: 'an id or a name', count })
    return []
  }
  const capability = { id, ...stated({ description: name }) }
  const facts = stated({ comments, references, author: author === undefined ? undefined : { name: author } })
  if (techniques.length === 0) {
    reader.count('parse/missing-technique', 'a rule that names no technique', pointer)
    return [{ kind: 'unmapped-capability', origins: [reader.origin(pointer)], capability, ...facts }]
  }
  return mergeTechniques(techniques, reader).map(({ technique, origins }) =>
    ({ kind: 'mapped', origins, capability, technique, relation, ...facts }))
}

function mergeTechniques(techniques: readonly RuleTechnique[], reader: FileReader) {
  const merged = new Map<string, { readonly technique: { readonly id: string; readonly name?: string }; readonly origins: Origin[] }>()
  for (const { id, name, pointer } of techniques) {
    const key = JSON.stringify([id, name])
    const known = merged.get(key)
    if (known) known.origins.push(reader.origin(pointer))
    else merged.set(key, { technique: { id, ...stated({ name }) }, origins: [reader.origin(pointer)] })
  }
  return [...merged.values()]
}

/** The rule in the list of capabilities; none if it has neither id nor name. */
export function listRuleCapability({ id, name, description }: Rule): readonly Omit<Capability, 'groups'>[] {
  return id === undefined ? [] : [{ id, ...stated({ name, description }) }]
}

/** A technique that a rule names, and where. */
export interface RuleTechnique {
  readonly id: string
  readonly name?: string
  readonly pointer: string
}

/** A rule or a test: the capability, and the techniques that it detects or tests. */
export interface Rule {
  readonly pointer: string
  /** Its id; its name if it has no id. Undefined if it has neither. */
  readonly id?: string
  readonly name?: string
  readonly description?: string
  readonly author?: string
  readonly comments?: string
  readonly references?: readonly string[]
  readonly techniques: readonly RuleTechnique[]
}

/** A value of a document, and its place. */
export interface Placed {
  readonly value: TreeObject
  readonly pointer: string
}

/** Where the reports of a rule go, and the value with its place. */
export interface RuleSource extends Placed {
  readonly reader: FileReader
  /** What the documents of a file share, after `action: global` (Sigma). */
  readonly shared?: Placed
}

/** The kinds of rules that are read. */
export type RuleKind = 'sigma' | 'elastic' | 'splunk' | 'sentinel' | 'atomic'

/** The fields of a rule's text, by what they are called in its dialect. */
interface FieldNames {
  readonly id: string
  readonly name: string
  /** Fields that become the comment of rows: "Level: high". */
  readonly facts?: readonly string[]
}

/** What a rule says of itself. Without an id, its name identifies it. */
export function readRuleText({ value, pointer, reader }: RuleSource, { id, name, facts = [] }: FieldNames): Omit<Rule, 'techniques'> {
  const title = readField(value, name, pointer, '', reader)
  const texts = facts.flatMap((field) => {
    const text = readField(value, field, pointer, '', reader)
    return text === undefined ? [] : [`${field[0]?.toUpperCase() ?? ''}${field.slice(1)}: ${text}`]
  })
  return {
    pointer,
    ...stated({
      id: readField(value, id, pointer, '', reader) ?? title,
      name: title,
      description: readLines(asText(value.description), 'description', `${pointer}/description`, reader),
      author: joinTexts(value, 'author', pointer, reader),
      comments: texts.length === 0 ? undefined : texts.join('\n'),
      references: readReferences(value.references, pointer, reader),
    }),
  }
}

function asText(value: TreeValue | undefined): TreeValue | undefined {
  return typeof value === 'object' ? undefined : value
}

/** A text, or the texts of a list with commas between them. */
function joinTexts(value: TreeObject, field: string, pointer: string, reader: RuleSource['reader']): string | undefined {
  const item = value[field]
  const items = isList(item) ? item : [asText(item)]
  const texts = items.flatMap((text) => readLine(text, field, pointer + pointerStep(field), reader) ?? [])
  return texts.length === 0 ? undefined : texts.join(', ')
}

/** What a text says of ATT&CK: techniques, an object that is no technique, an id that is none, or nothing. */
type AttackTag =
  | { readonly kind: 'techniques'; readonly ids: readonly string[] }
  | { readonly kind: 'other' | 'malformed' | 'nothing' }

/** "attack.", "mitre:", "MITRE ATT&CK - ", "att&ck/". */
const prefix = /^(?:mitre(?:[ _.:/-]{0,3}att[a&]ck)?|att[a&]ck)[ .:/_-]{1,3}(?=\S)/i

/** A technique's id, with what people write before the sub-technique's number. Ids of MITRE ATLAS (AML.T0051) are others. */
const techniqueId = /(?<![\p{L}\p{N}]|AML\.)T(\d{4})(?:[._/-](\d{3}))?(?![\p{L}\p{N}]|[._/-]\d)/giu

/** Ids of tactics, groups, software, mitigations, campaigns, data sources and components, assets, detection strategies and analytics. */
const otherId = /^(?:TA|DS|DC|DET|AN|[GSMCA])\d{4}$/i

/** Tactics of all domains and releases, without what stands between their words. */
const tactics: ReadonlySet<string> = new Set([
  'reconnaissance', 'resourcedevelopment', 'initialaccess', 'execution', 'persistence', 'privilegeescalation', 'defenseevasion',
  'credentialaccess', 'discovery', 'lateralmovement', 'collection', 'commandandcontrol', 'exfiltration', 'impact', 'evasion',
  'inhibitresponsefunction', 'impairprocesscontrol', 'networkeffects', 'remoteserviceeffects', 'stealth', 'defenseimpairment',
])

/** Reads a tag or a cell: "attack.t1059.001", "T1059/001", "PowerShell (T1059.001)", "attack.g0016", "attack.defense_evasion". */
export function readAttackTag(text: string): AttackTag {
  const [lead = ''] = prefix.exec(text) ?? []
  const body = text.slice(lead.length).trim()
  const ids = Array.from(body.matchAll(techniqueId), ([, number = '', sub]) => `T${number}${sub === undefined ? '' : `.${sub}`}`)
  const rest = body.replaceAll(techniqueId, ' ')
  // What is left may be a name, but no second id that could not be read, such as "T1059.1" or ".002".
  const hasMore = /(?<![\p{L}\p{N}])T\d{2,}/iu.test(rest) || (ids.length > 0 && /(?<![\p{L}\p{N}])\d{3}(?![\p{L}\p{N}])/u.test(rest))
  if (ids.length > 0 && !hasMore) return { kind: 'techniques', ids }
  if (ids.length > 0 || hasMore) return { kind: 'malformed' }
  if (otherId.test(body) || tactics.has(body.toLowerCase().replaceAll(/[ _.-]/g, ''))) return { kind: 'other' }
  return { kind: lead === '' ? 'nothing' : 'malformed' }
}

/**
 * The techniques that a list of texts names, or a text by itself. Tactics, groups and the like are counted as what they are
 * (`parse/other-attack-id`); an id that is none is reported (`parse/malformed-technique`). `isTags`: texts about other things than ATT&CK
 * are left alone, as rules have tags of many kinds; in a field for techniques they are reported too.
 */
export function readTechniqueList(
  value: TreeValue | undefined, pointer: string, reader: FileReader, isTags = false,
): readonly RuleTechnique[] {
  if (value === undefined || value === null || value === '') return []
  const items = isList(value) ? value.map((item, index) => [item, `${pointer}/${index}`] as const) : [[value, pointer] as const]
  return items.flatMap(([item, at]) => {
    if (isTags && (item === null || item === '')) return []
    const tag = typeof item === 'string' ? readAttackTag(item) : { kind: 'malformed' } as const
    if (tag.kind === 'techniques') return tag.ids.map((id) => ({ id, pointer: at }))
    if (tag.kind === 'other') reader.count('parse/other-attack-id', 'a tactic, group or other object of ATT&CK', at)
    if (tag.kind === 'malformed' || (tag.kind === 'nothing' && !isTags)) {
      reader.report('parse/malformed-technique', at, { found: describeValue(item), expected: 'a technique, such as T1059.001' })
    }
    return []
  })
}
