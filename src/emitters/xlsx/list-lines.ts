import type { ResolvedSet } from '../../model/mapping-set.js'
import { mappingIds } from '../table/mapping-ids.js'
import { setTitle } from '../table/set-title.js'
import type { LineDraft } from './read-me-sheet.js'

type Described = ReadonlyMap<string, { readonly id: string; readonly name: string; readonly description?: string }>

/**
 * What belongs to a set and has no column: its documents, mapping types and groups, and what single rows say beside their cells.
 */
export function listLines(set: ResolvedSet, several: boolean): readonly LineDraft[] {
  const suffix = several ? ` of ${setTitle(set)}` : ''
  const relations = countBy(set, ({ relation }) => relation)
  const groups = countBy(set, ({ group }) => group)
  return [
    ['blank'],
    ['heading', `Source documents${suffix}`],
    ['header', 'Document', 'SHA-256', 'Parser', 'Rows'],
    ...set.sources.map(({ name, sha256, parser, rows }): LineDraft => ['line', name, sha256, parser, rows]),
    ...describedLines(`Mapping types${suffix}`, set.relations, relations),
    ...describedLines(`Capability groups${suffix}`, set.groups, groups),
    ...detailLines(`Further facts of single rows${suffix}`, set),
  ]
}

function describedLines(heading: string, entries: Described, rows: ReadonlyMap<string, number>): readonly LineDraft[] {
  if (entries.size === 0) return []
  return [
    ['blank'],
    ['heading', heading],
    ['header', 'Id', 'Name', 'Description', 'Rows'],
    ...Array.from(entries.values(), ({ id, name, description }): LineDraft => [
      'line',
      id,
      name,
      description,
      rows.get(id) ?? 0,
    ]),
  ]
}

function detailLines(heading: string, set: ResolvedSet): readonly LineDraft[] {
  // Ids are hashes of all that rows say.
  const ids = set.mappings.some(({ author, release, completed }) => author ?? release ?? completed) ? mappingIds(set) : []
  const lines = set.mappings.flatMap(({ author, release, completed }, index): readonly LineDraft[] => [
    ...Object.entries({ ...author }).map(([field, value]): LineDraft => ['line', ids[index], `author ${field}`, value]),
    ...Object.entries({ ...release }).map(([field, value]): LineDraft => ['line', ids[index], `own ${field}`, value]),
    ...(completed ?? []).map(({ field, from }): LineDraft => ['line', ids[index], `${field} supplied by`, from.document]),
  ])
  return lines.length === 0 ? [] : [['blank'], ['heading', heading], ['header', 'mapping_id', 'Fact', 'Value'], ...lines]
}

function countBy(
  set: ResolvedSet,
  key: (mapping: ResolvedSet['mappings'][number]) => string | undefined,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const mapping of set.mappings) {
    const value = key(mapping)
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}
