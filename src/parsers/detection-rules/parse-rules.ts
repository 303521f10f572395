import { isList, isObject, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { createMappingSet, type MappingSet, unknownFramework } from '../../model/mapping-set.js'
import { addToList, stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import { createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readField } from '../reading/read-text.js'
import { recogniseRule, ruleNames } from './recognise-rule.js'
import {
  buildRuleRows, listRuleCapability, type Placed, readAttackTag, readRuleText, readTechniqueList, type Rule, type RuleKind, type RuleRow,
  type RuleSource, type RuleTechnique,
} from './rule-rows.js'

interface Dialect {
  /** Id of the framework that its rules are of, unless the user names one. */
  readonly framework: string
  readonly relation: 'detects' | 'tests'
  readonly read: (source: RuleSource) => readonly Rule[]
}

const dialects: Readonly<Record<RuleKind, Dialect>> = {
  sigma: { framework: 'sigma', relation: 'detects', read: readSigma },
  elastic: { framework: 'elastic', relation: 'detects', read: readElastic },
  splunk: { framework: 'splunk', relation: 'detects', read: readSplunk },
  sentinel: { framework: 'sentinel', relation: 'detects', read: readSentinel },
  atomic: { framework: 'atomic_red_team', relation: 'tests', read: readAtomic },
}

/** The rules of a document, one set for each kind: a row for each technique of a rule, and one for a rule that names none. */
export function parseRules(document: TreeDocument, context: ParseContext): readonly MappingSet[] {
  const reader = createFileReader(document, context.report)
  const rows = new Map<RuleKind, RuleRow[]>()
  const rules = new Map<RuleKind, Rule[]>()
  for (const { kind, source } of listSources(document.value, reader)) {
    const { read, relation } = dialects[kind]
    for (const rule of read(source)) {
      addToList(rules, kind, rule)
      for (const row of buildRuleRows(rule, relation, reader)) addToList(rows, kind, row)
    }
  }
  if (rows.size === 0) reader.report('parse/no-mappings', '', { message: 'The document contains no rules that could be read' })
  reader.reportCounts()
  const { file } = document
  return Array.from(rows, ([kind, mappings]) => {
    const { id, name } = context.statements.framework === undefined ? describeFramework(dialects[kind].framework) : unknownFramework
    return createMappingSet({
      framework: { id, name },
      capabilities: (rules.get(kind) ?? []).flatMap(listRuleCapability),
      mappings,
      sources: [{ name: file.name, sha256: file.sha256, parser: 'detection-rules', rows: mappings.length }],
    })
  })
}

interface KnownSource {
  readonly kind: RuleKind
  readonly source: RuleSource
}

/** The rules of a document or of its list, with what a Sigma file shares among its documents. An item of no kind is reported. */
function listSources(value: TreeValue, reader: FileReader): readonly KnownSource[] {
  const items = isList(value) ? value.map((item, index) => ({ item, pointer: `/${index}` })) : [{ item: value, pointer: '' }]
  const [main] = items.flatMap(({ item }) => recogniseRule(item) ?? [])
  let shared: Placed | undefined
  return items.flatMap(({ item, pointer }) => {
    if (isObject(item) && (item.action === 'global' || item.action === 'reset')) {
      shared = item.action === 'global' ? joinShared(shared, item, pointer) : undefined
      return []
    }
    if (isObject(item) && isObject(item.filter) && !('detection' in item)) {
      reader.count('parse/not-a-mapping', 'a Sigma filter, which changes other rules', pointer)
      return []
    }
    const kind = recogniseRule(item)?.kind ?? main?.kind
    if (kind !== undefined && isObject(item)) return [{ kind, source: { value: item, pointer, reader, ...(shared && { shared }) } }]
    reader.report('parse/unreadable-row', pointer, { found: describeValue(item), expected: Object.values(ruleNames).join(', ') })
    return []
  })
}

/** A second global document adds to the first; the place is that of the document with tags. */
function joinShared(before: Placed | undefined, item: TreeObject, pointer: string): Placed {
  return { value: { ...before?.value, ...item }, pointer: before && !('tags' in item) ? before.pointer : pointer }
}

/** An analytics rule or hunting query of Microsoft Sentinel: `relevantTechniques`, and the sub-techniques in a field of their own. */
function readSentinel(source: RuleSource): readonly Rule[] {
  const { value, pointer, reader } = source
  return [{
    ...readRuleText(source, { id: 'id', name: 'name', facts: ['status', 'severity'] }),
    techniques: ['relevantTechniques', 'techniques', 'subTechniques']
      .flatMap((field) => readTechniqueList(value[field], `${pointer}/${field}`, reader)),
  }]
}

/** A detection of Splunk's security content: `tags.mitre_attack_id`, in older ones also `tags.mitre_technique_id`. */
function readSplunk(source: RuleSource): readonly Rule[] {
  const { value, pointer, reader } = source
  const tags = isObject(value.tags) ? value.tags : {}
  return [{
    ...readRuleText(source, { id: 'id', name: 'name', facts: ['status', 'type'] }),
    techniques: [
      ...readTechniqueList(tags.mitre_attack_id, `${pointer}/tags/mitre_attack_id`, reader),
      ...readTechniqueList(tags.mitre_technique_id, `${pointer}/tags/mitre_technique_id`, reader),
    ],
  }]
}

/**
 * A Sigma rule (specification 2.1, "Tags"): `tags` such as `attack.t1059.001` are techniques; those of tactics, groups and software are no
 * techniques, and those of other namespaces (`cve.`, `car.`, `tlp.`) are not about ATT&CK. Correlations are rules too. The tags of a
 * document `action: global` are those of every rule of its file.
 */
function readSigma(source: RuleSource): readonly Rule[] {
  const { value, pointer, reader, shared } = source
  const whole = shared ? { ...shared.value, ...value } : value
  return [{
    ...readRuleText({ ...source, value: whole }, { id: 'id', name: 'title', facts: ['status', 'level'] }),
    techniques: [
      ...readTechniqueList(value.tags, `${pointer}/tags`, reader, true),
      ...(shared ? readTechniqueList(shared.value.tags, `${shared.pointer}/tags`, reader, true) : []),
    ],
  }]
}

/**
 * A file of Atomic Red Team: tests of one technique. Each test is a capability; without a GUID its id is the technique's with the number of
 * the test, as Atomic Red Team counts them ("T1003-2").
 */
function readAtomic({ value, pointer, reader }: RuleSource): readonly Rule[] {
  const named = readTechniqueList(value.attack_technique, `${pointer}/attack_technique`, reader)
  const [only, ...others] = named
  const name = only && others.length === 0 ? readField(value, 'display_name', pointer, '', reader) : undefined
  const tests = listOf(value.atomic_tests, `${pointer}/atomic_tests`, 'a list of tests', reader)
  if (tests.length === 0) reader.count('parse/unreadable-row', 'a technique without tests', pointer)
  return tests.flatMap((test, index): readonly Rule[] => {
    const at = `${pointer}/atomic_tests/${index}`
    if (!isObject(test)) {
      reader.report('parse/unreadable-row', at, { found: describeValue(test), expected: 'a test with a name' })
      return []
    }
    const text = readRuleText({ value: test, pointer: at, reader }, { id: 'auto_generated_guid', name: 'name' })
    const hasId = readField(test, 'auto_generated_guid', at, '', reader) !== undefined
    const id = hasId || !only ? text.id : `${only.id}-${index + 1}`
    const techniques = named.map((technique) => ({ ...technique, pointer: at, ...stated({ name }) }))
    return [{ ...text, ...stated({ id }), techniques }]
  })
}

/**
 * A detection rule of Elastic, as TOML (`[rule]`, `[[rule.threat]]`) or as Kibana exports it. Each `technique` and each `subtechnique` in
 * it is one; threats of other frameworks than MITRE ATT&CK are reported.
 */
function readElastic({ value, pointer, reader }: RuleSource): readonly Rule[] {
  const isNested = isObject(value.rule)
  const rule = isObject(value.rule) ? value.rule : value
  const at = isNested ? `${pointer}/rule` : pointer
  const isNumbered = rule.rule_id !== undefined && rule.rule_id !== null
  return [{
    ...readRuleText({ value: rule, pointer: at, reader }, { id: isNumbered ? 'rule_id' : 'id', name: 'name', facts: ['severity'] }),
    techniques: itemsWith(rule.threat, `${at}/threat`).flatMap(([threat, place]) => readThreat(threat, place, reader)),
  }]
}

function readThreat(threat: TreeValue, pointer: string, reader: FileReader): readonly RuleTechnique[] {
  if (!isObject(threat)) return []
  const techniques = itemsWith(threat.technique, `${pointer}/technique`)
  const framework = readField(threat, 'framework', pointer, 'threat.', reader)
  if (framework !== undefined && !/att&?ck/i.test(framework)) {
    const message = 'A threat is of another framework than MITRE ATT&CK; its techniques were not read'
    const details = { message, found: framework, expected: 'MITRE ATT&CK', count: Math.max(1, techniques.length) }
    reader.report('parse/unknown-value', `${pointer}/framework`, details)
    return []
  }
  return techniques.flatMap(([technique, at]) => {
    if (!isObject(technique)) return reportTechnique(technique, at, reader)
    const subs = itemsWith(technique.subtechnique, `${at}/subtechnique`)
    return [
      ...readTechnique(technique, at, reader),
      ...subs.flatMap(([sub, place]) => (isObject(sub) ? readTechnique(sub, place, reader) : reportTechnique(sub, place, reader))),
    ]
  })
}

function readTechnique(technique: TreeObject, pointer: string, reader: FileReader): readonly RuleTechnique[] {
  const tag = typeof technique.id === 'string' ? readAttackTag(technique.id) : { kind: 'malformed' } as const
  if (tag.kind !== 'techniques') return reportTechnique(technique.id, `${pointer}/id`, reader)
  const name = tag.ids.length === 1 ? readField(technique, 'name', pointer, 'technique.', reader) : undefined
  return tag.ids.map((id) => ({ id, pointer, ...stated({ name }) }))
}

function reportTechnique(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly RuleTechnique[] {
  reader.report('parse/malformed-technique', pointer, { found: describeValue(value), expected: 'a technique, such as T1059.001' })
  return []
}

/** The items of a list with their places; a value by itself is one. */
function itemsWith(value: TreeValue | undefined, pointer: string): readonly (readonly [TreeValue, string])[] {
  if (value === undefined || value === null) return []
  return isList(value) ? value.map((item, index) => [item, `${pointer}/${index}`]) : [[value, pointer]]
}
