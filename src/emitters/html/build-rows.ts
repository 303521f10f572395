import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { describePlace, uniqueLabels } from '../table/table-rows.js'
import { type ReportBuilder, techniqueIndex } from './report-builder.js'
import type { ReportFact, ReportRemark, ReportRows } from './report-data.js'

/** The values of one row, one for each column of `ReportRows`. */
type RowCells = Required<{ readonly [Name in keyof ReportRows]: NonNullable<ReportRows[Name]>[number] }>

/** The rows of all sets, in order, and the facts of single rows that have no column. */
export function buildRows(builder: ReportBuilder): { readonly rows: ReportRows; readonly remarks: readonly ReportRemark[] } {
  const cells: RowCells[] = []
  const remarks: ReportRemark[] = []
  for (const [index, set] of builder.sets.entries()) {
    const describe = createRowDescriber(builder, set, index)
    for (const mapping of set.mappings) {
      const row = describe(mapping)
      const shown = {
        capability: builder.capabilities.items[row.capability]?.name,
        technique: builder.techniques.items[row.technique]?.name,
      }
      const facts = remarkRow(mapping, shown, builder.clean)
      if (facts.length > 0) remarks.push({ row: cells.length, facts })
      cells.push(row)
    }
  }
  return { rows: toColumns(cells), remarks }
}

/** The interner's key of a capability. Sets share no capabilities: each has its own names and groups. */
export function capabilityKey(set: number, id: string): string {
  return `${set} ${id}`
}

function createRowDescriber(builder: ReportBuilder, set: ResolvedSet, setIndex: number): (mapping: Mapping) => RowCells {
  const { textIndex, capabilities, clean } = builder
  const relations = uniqueLabels(set.relations)
  const groups = uniqueLabels(set.groups)
  const indexOf = (id: string): number =>
    capabilities.numberOf(capabilityKey(setIndex, id), () => ({ set: setIndex, id: clean(id) }))
  return (mapping) => {
    const { relation, group, score, status, comments, references = [], origins } = mapping
    const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
    const technique = mapping.kind === 'unmapped-capability' ? undefined : mapping.technique
    return {
      set: setIndex,
      capability: capability ? indexOf(capability.id) : -1,
      technique: technique ? techniqueIndex(builder, technique, set.attack) : -1,
      relation: textIndex(relation && (relations.get(relation) ?? relation)),
      group: textIndex(group && (groups.get(group) ?? group)),
      category: textIndex(score?.category),
      value: textIndex(score?.value),
      status: textIndex(status),
      comments: textIndex(comments),
      references: references.map(textIndex),
      origins: origins.map(({ document, place }) => [textIndex(document), clean(describePlace(place))] as const),
    }
  }
}

function toColumns(cells: readonly RowCells[]): ReportRows {
  const numbers = (name: 'relation' | 'group' | 'category' | 'value' | 'status' | 'comments'): Partial<ReportRows> =>
    (cells.some((cell) => cell[name] >= 0) ? { [name]: cells.map((cell) => cell[name]) } : {})
  return {
    set: cells.map(({ set }) => set),
    capability: cells.map(({ capability }) => capability),
    technique: cells.map(({ technique }) => technique),
    ...numbers('relation'),
    ...numbers('group'),
    ...numbers('category'),
    ...numbers('value'),
    ...numbers('status'),
    ...numbers('comments'),
    ...(cells.some(({ references }) => references.length > 0) && { references: cells.map(({ references }) => references) }),
    origins: cells.map(({ origins }) => origins),
  }
}

/** The names that the report shows for a row's capability and technique. */
interface ShownNames {
  readonly capability: string | undefined
  readonly technique: string | undefined
}

/** Facts of a row that no column has: its author and versions, and its names where the report shows others. */
function remarkRow(mapping: Mapping, shown: ShownNames, clean: (text: string) => string): readonly ReportFact[] {
  const { author, release, score, review, completed = [] } = mapping
  const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
  const technique = mapping.kind === 'unmapped-capability' ? undefined : mapping.technique
  const facts: readonly (readonly [label: string, value: string | undefined])[] = [
    ['Capability, as the row names it', ownName(capability?.description, shown.capability)],
    ['Technique, as the row names it', ownName(technique?.name, shown.technique)],
    ['Score of the parent technique', score?.related],
    ['Author', author?.name],
    ['Contact', author?.contact],
    ['Organisation', author?.organization],
    ['Framework of the row', release?.framework],
    ['Version of that framework', release?.frameworkVersion],
    ['ATT&CK domain of the row', release?.domain],
    ['ATT&CK version of the row', release?.attackVersion],
    ["Auditor's verdict", review?.verdict],
    ["Auditor's initials", review?.initials],
    ["Auditor's remark", review?.remark],
    ...completed.map(({ field, from: { document, place } }) =>
      [`Supplied by a mapping file: ${field}`, `${document}, ${describePlace(place)}`] as const),
  ]
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label: clean(label), value: clean(value) }]))
}

function ownName(name: string | undefined, known: string | undefined): string | undefined {
  return name === known ? undefined : name
}
