import type { MappedRow } from '../../src/model/mapping.js'
import type { MappingSet } from '../../src/model/mapping-set.js'

/** A row of a page's truth. A field is null when the page has no such column. */
export interface TruthRow {
  readonly framework: string
  readonly capability_id: string
  readonly capability_description: string
  readonly mapping_type: string | null
  readonly score_category: string | null
  readonly score_value: string | null
  readonly attack_object_id: string
  readonly attack_object_name: string
  readonly comments: string | null
  readonly references: readonly string[] | null
}

/** How many rows there are, were read, and were read with every printed field right. */
export interface RowScore {
  readonly truth: number
  readonly read: number
  readonly exact: number
}

/**
 * Compares rows as the shared score-pages.py does, more strictly: the framework counts too, and rows are paired by all their
 * fields alone. White space is folded, mapping types are compared by their letters and digits.
 */
export function scoreRows(
  sets: readonly MappingSet[], truth: readonly TruthRow[], { hasReferences }: { readonly hasReferences: boolean },
): RowScore {
  const wanted = truth.filter((row) => row.attack_object_id !== '')
  const [sample] = wanted
  const printed = {
    relation: sample?.mapping_type !== null,
    score: sample?.score_category !== null,
  }
  const left = new Map<string, number>()
  let read = 0
  for (const set of sets) {
    for (const row of set.mappings) {
      if (row.kind !== 'mapped') continue
      read += 1
      const key = JSON.stringify(describeRead(set.framework.id, row, printed))
      left.set(key, (left.get(key) ?? 0) + 1)
    }
  }
  let exact = 0
  for (const row of wanted) {
    const key = JSON.stringify(describeTruth(row))
    const count = left.get(key) ?? 0
    if (count === 0) continue
    left.set(key, count - 1)
    exact += 1
  }
  return { truth: wanted.length, read, exact }

  function describeTruth(row: TruthRow): unknown {
    const isScored = row.score_category !== null || row.score_value !== null
    return [
      row.framework, fold(row.capability_id), fold(row.capability_description),
      fold(row.attack_object_id), fold(row.attack_object_name),
      row.mapping_type === null ? null : foldType(row.mapping_type),
      isScored ? `${fold(row.score_category)}/${fold(row.score_value)}`.toLowerCase() : null,
      fold(row.comments ?? ''),
      hasReferences ? row.references?.map(fold).filter((reference) => reference !== '') ?? [] : null,
    ]
  }

  function describeRead(framework: string, row: MappedRow, columns: typeof printed): unknown {
    return [
      framework, fold(row.capability.id), fold(row.capability.description), fold(row.technique.id), fold(row.technique.name),
      columns.relation ? foldType(row.relation ?? '') : null,
      columns.score ? `${fold(row.score?.category)}/${fold(row.score?.value)}`.toLowerCase() : null,
      fold(row.comments),
      hasReferences ? row.references ?? [] : null,
    ]
  }
}

function fold(text: string | null | undefined): string {
  return (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
}

function foldType(text: string): string {
  return fold(text).toLowerCase().replace(/[^a-z0-9]+/g, '').replace(/^techniquescores?$/, 'techniquescore')
}
