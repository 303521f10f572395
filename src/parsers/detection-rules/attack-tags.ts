import { isList, type TreeValue } from '../../formats/decoded.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import type { RuleTechnique } from './rule.js'

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
