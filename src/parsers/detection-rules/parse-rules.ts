import { fieldOf, isList, isObject, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { itemsAt, type SeenRow } from '../../formats/rows.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { createMappingSet, type MappingSet, unknownFramework } from '../../model/mapping-set.js'
import { addToList } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import { createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { readAtomic, readElastic, readSentinel, readSigma, readSplunk } from './rule-formats.js'
import { findTemplateRules, isTemplateRule, recogniseRule, ruleNames } from './recognise-rule.js'
import { buildRuleRows, listRuleCapability, type Placed, type Rule, type RuleKind, type RuleRow, type RuleSource } from './rule-rows.js'

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
  context.seen?.(seenRules(document.value))
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

/** Every rule and test is a row; what Sigma's documents share is none. */
function seenRules(value: TreeValue): readonly SeenRow[] {
  const items = itemsAt(value, '', '[]').map(({ place }, index) => ({ place, item: isList(value) ? value[index] : value }))
  const rules = items.filter(({ item }) => !isObject(item) || (item.action !== 'global' && item.action !== 'reset'))
  return [...rules.map(({ place }) => ({ place })), ...itemsAt(value, '', '[]/atomic_tests/[]')]
}

interface KnownSource {
  readonly kind: RuleKind
  readonly source: RuleSource
}

/** The rules of a document or of its list, with what a Sigma file shares among its documents. An item of no kind is reported. */
function listSources(value: TreeValue, reader: FileReader): readonly KnownSource[] {
  if (findTemplateRules(value)) return listTemplateRules(fieldOf(value, 'resources'), reader)
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
    if (isObject(item) && 'exported_count' in item && !('rule_id' in item)) {
      reader.count('parse/not-a-mapping', "the last line of Kibana's export, which counts its rules", pointer)
      return []
    }
    const kind = recogniseRule(item)?.kind ?? main?.kind
    if (kind !== undefined && isObject(item)) return [{ kind, source: { value: item, pointer, reader, ...(shared && { shared }) } }]
    reader.report('parse/unreadable-row', pointer, { found: describeValue(item), expected: Object.values(ruleNames).join(', ') })
    return []
  })
}

/** The rules among the resources of a template; the others are counted. */
function listTemplateRules(resources: TreeValue | undefined, reader: FileReader): readonly KnownSource[] {
  return (isList(resources) ? resources : []).flatMap((resource, index): readonly KnownSource[] => {
    const pointer = `/resources/${index}`
    if (isObject(resource) && isTemplateRule(resource)) return [{ kind: 'sentinel', source: { value: resource, pointer, reader } }]
    reader.count('parse/not-a-mapping', 'a resource of the template that is no rule', pointer)
    return []
  })
}

/** A second global document adds to the first; the place is that of the document with tags. */
function joinShared(before: Placed | undefined, item: TreeObject, pointer: string): Placed {
  return { value: { ...before?.value, ...item }, pointer: before && !('tags' in item) ? before.pointer : pointer }
}
