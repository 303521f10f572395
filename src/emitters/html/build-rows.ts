import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { describePlace, uniqueLabels } from '../table/table-rows.js'
import { type ReportBuilder, techniqueIndex } from './report-builder.js'
import type { ReportFact, ReportRemark, ReportRows } from './report-data.js'

/** The columns of `ReportRows`, with those that have no value. */
type Columns = Required<{ readonly [Name in keyof ReportRows]: NonNullable<ReportRows[Name]>[number][] }>

/** The rows of all sets, in order, and the facts of single rows that have no column. */
export function buildRows(builder: ReportBuilder): { readonly rows: ReportRows; readonly remarks: readonly ReportRemark[] } {
  const columns: Columns = {
    set: [], capability: [], technique: [], relation: [], group: [], category: [], value: [], status: [], comments: [], references: [], origins: [],
  }
  const remarks: ReportRemark[] = []
  for (const [index, set] of builder.sets.entries()) addRows(builder, set, index, columns, remarks)
  return { rows: leaveOutEmpty(columns), remarks }
}

/** The interner's key of a capability. Sets share no capabilities: each has its own names and groups. */
export function capabilityKey(set: number, id: string): string {
  return `${set} ${id}`
}

/** What the rows of a set share. */
interface SetOfRows {
  readonly builder: ReportBuilder
  readonly index: number
  readonly attack: ResolvedSet['attack']
  readonly capabilities: Map<string, number>
  readonly indexOfRelation: (id: string | undefined) => number
  readonly indexOfGroup: (id: string | undefined) => number
}

/** Adds the rows of a set to each column. */
function addRows(builder: ReportBuilder, set: ResolvedSet, index: number, columns: Columns, remarks: ReportRemark[]): void {
  const { textIndex } = builder
  const of: SetOfRows = {
    builder, index,
    attack: set.attack,
    capabilities: new Map(),
    indexOfRelation: rememberIndex(uniqueLabels(set.relations), textIndex),
    indexOfGroup: rememberIndex(uniqueLabels(set.groups), textIndex),
  }
  for (const mapping of set.mappings) {
    const facts = addRow(of, mapping, columns)
    if (facts.length > 0) remarks.push({ row: columns.set.length - 1, facts })
  }
}

/** Adds a row to each column, and returns what has none. */
function addRow(of: SetOfRows, mapping: Mapping, columns: Columns): readonly ReportFact[] {
  const { builder } = of
  const { textIndex } = builder
  const capability = mapping.kind === 'unmapped-technique' ? -1 : capabilityIndex(of, mapping.capability.id)
  const technique = mapping.kind === 'unmapped-capability' ? -1 : techniqueIndex(builder, mapping.technique, of.attack)
  columns.set.push(of.index)
  columns.capability.push(capability)
  columns.technique.push(technique)
  columns.relation.push(of.indexOfRelation(mapping.relation))
  columns.group.push(of.indexOfGroup(mapping.group))
  columns.category.push(textIndex(mapping.score?.category))
  columns.value.push(textIndex(mapping.score?.value))
  columns.status.push(textIndex(mapping.status))
  columns.comments.push(textIndex(mapping.comments))
  columns.references.push(mapping.references === undefined ? [] : mapping.references.map(textIndex))
  columns.origins.push(mapping.origins.map(({ document, place }) => [textIndex(document), builder.clean(describePlace(place))] as const))
  return remarkRow(mapping, builder.capabilities.items[capability]?.name, builder.techniques[technique]?.name, builder.clean)
}

/** The index of a capability, which is added if no list has it. */
function capabilityIndex({ builder: { capabilities, clean }, index: set, capabilities: known }: SetOfRows, id: string): number {
  const found = known.get(id)
  if (found !== undefined) return found
  const index = capabilities.numberOf(capabilityKey(set, id), () => ({ set, id: clean(id) }))
  known.set(id, index)
  return index
}

/** The index of the label of a mapping type or group: there are few. */
function rememberIndex(
  labels: ReadonlyMap<string, string>, textIndex: ReportBuilder['textIndex'],
): (id: string | undefined) => number {
  const known = new Map<string, number>()
  return (id) => {
    if (id === undefined) return -1
    const index = known.get(id) ?? textIndex(labels.get(id) ?? id)
    known.set(id, index)
    return index
  }
}

function leaveOutEmpty(columns: Columns): ReportRows {
  const numbers = (name: 'relation' | 'group' | 'category' | 'value' | 'status' | 'comments'): Partial<ReportRows> =>
    (columns[name].some((index) => index >= 0) ? { [name]: columns[name] } : {})
  return {
    set: columns.set,
    capability: columns.capability,
    technique: columns.technique,
    ...numbers('relation'),
    ...numbers('group'),
    ...numbers('category'),
    ...numbers('value'),
    ...numbers('status'),
    ...numbers('comments'),
    ...(columns.references.some((references) => references.length > 0) && { references: columns.references }),
    origins: columns.origins,
  }
}

/**
 * Facts of a row that no column has: its author and versions, and its names where the report shows others for its capability and technique.
 * Most rows have none.
 */
function remarkRow(
  mapping: Mapping, shownCapability: string | undefined, shownTechnique: string | undefined, clean: (text: string) => string,
): readonly ReportFact[] {
  const { author, release, score, review, completed } = mapping
  const facts: ReportFact[] = []
  const add = (label: string, value: string | undefined): void => {
    if (value !== undefined) facts.push({ label: clean(label), value: clean(value) })
  }
  const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability.description
  const technique = mapping.kind === 'unmapped-capability' ? undefined : mapping.technique.name
  if (capability !== shownCapability) add('Capability, as the row names it', capability)
  if (technique !== shownTechnique) add('Technique, as the row names it', technique)
  if (score) add('Score of the parent technique', score.related)
  if (author) {
    add('Author', author.name)
    add('Contact', author.contact)
    add('Organisation', author.organization)
  }
  if (release) {
    add('Framework of the row', release.framework)
    add('Version of that framework', release.frameworkVersion)
    add('ATT&CK domain of the row', release.domain)
    add('ATT&CK version of the row', release.attackVersion)
  }
  if (review) {
    add("Auditor's verdict", review.verdict)
    add("Auditor's initials", review.initials)
    add("Auditor's remark", review.remark)
  }
  for (const { field, from: { document, place } } of completed ?? []) {
    add(`Supplied by a mapping file: ${field}`, `${document}, ${describePlace(place)}`)
  }
  return facts
}
