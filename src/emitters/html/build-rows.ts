import type { Mapping } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { describePlace } from '../table/describe-place.js'
import { uniqueLabels } from '../table/unique-labels.js'
import { remarkRow } from './remark-row.js'
import { techniqueIndex, type ReportBuilder } from './report-builder.js'
import type { ReportRemark, ReportRows } from './report-data.js'

/** What a row puts into the columns. */
type RowCells = Required<{ readonly [Name in keyof ReportRows]: NonNullable<ReportRows[Name]>[number] }>

/** The rows of all sets, in their order, and what only a few of them say. */
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

/** The key of a capability: sets never share one, since each has its own names and groups. */
export function capabilityKey(set: number, id: string): string {
  return `${set} ${id}`
}

function createRowDescriber(builder: ReportBuilder, set: ResolvedSet, setIndex: number): (mapping: Mapping) => RowCells {
  const { textIndex, capabilities, clean } = builder
  const relations = uniqueLabels(set.relations)
  const groups = uniqueLabels(set.groups)
  const indexOf = (id: string): number =>
    capabilities.index(capabilityKey(setIndex, id), () => ({ set: setIndex, id: clean(id) }))
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
