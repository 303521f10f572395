import { setTitle } from '../../emitters/table/set-facts.js'
import { addToList } from '../../model/stated.js'
import { compareText } from '../../model/text.js'
import type { MappedRow, Mapping } from '../../model/mapping.js'
import { artifactBaseName } from '../../model/mapping-set.js'
import type { LayerCell, ReportLayer } from '../report/report-layer.js'
import type { DescribedDiff } from './describe-diff.js'
import { diffLegend } from './diff-report.js'
import type { FieldChange, RowChange } from './set-diff.js'

const mostLines = 8

/**
 * A layer of the newer release with the techniques whose rows changed: mapped in only one of the sets, or in both.
 */
export function diffLayer({ diff, counts, release }: DescribedDiff): ReportLayer {
  const before = mappedTechniques(diff.old.mappings)
  const after = mappedTechniques(diff.new.mappings)
  const cells = Array.from(linesByTechnique(diff), ([id, lines]): LayerCell => {
    const shown = lines.slice(0, mostLines)
    const more = lines.length > shown.length ? [`and ${lines.length - shown.length} more`] : []
    const word = before.has(id) ? (after.has(id) ? 'changed' : 'removed') : 'added'
    return { id, word, comment: [...shown, ...more].join('\n') }
  })
  const title = `${setTitle(diff.new)}: changes`
  return {
    kind: 'diff',
    baseName: artifactBaseName(diff.new),
    title,
    description: `Changes from ${setTitle(diff.old)} to ${setTitle(diff.new)}, by technique.`,
    release,
    legend: diffLegend.map((entry) => ({ ...entry, meaning: layerMeanings[entry.word] ?? entry.meaning })),
    cells: cells.toSorted((a, b) => compareText(a.id, b.id)),
    facts: [
      { label: 'Old', value: setTitle(diff.old) },
      { label: 'New', value: setTitle(diff.new) },
      { label: 'Rows changed', value: counts.changed },
      { label: 'Rows added', value: counts.added },
      { label: 'Rows removed', value: counts.removed },
      { label: 'Rows unchanged', value: counts.same },
    ],
  }
}

const layerMeanings: Readonly<Record<string, string>> = {
  added: 'mapped in the new set only',
  removed: 'mapped in the old set only',
  changed: 'mapped in both sets, with different rows',
}

function linesByTechnique({ added, removed, changed }: DescribedDiff['diff']): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>()
  const note = (row: Mapping, what: string): void => {
    if (row.kind === 'mapped') addToList(lines, row.technique.id, `${what}: ${labelRow(row)}`)
  }
  for (const row of added) note(row, 'Added')
  for (const row of removed) note(row, 'Removed')
  for (const change of changed) note(change.new, `Changed in ${describeFields(change)}`)
  return lines
}

function labelRow({ capability, score }: MappedRow): string {
  return [capability.id, score?.category, score?.value].filter((part) => part !== undefined).join(' ')
}

function describeFields({ fields }: RowChange): string {
  return fields.map(({ field, old, new: fresh }: FieldChange) =>
    (field === 'score_value' ? `${field} (${valueText(old)} to ${valueText(fresh)})` : field)).join(', ')
}

function valueText(value: FieldChange['old']): string {
  return typeof value === 'string' ? value : 'not stated'
}

function mappedTechniques(mappings: readonly Mapping[]): ReadonlySet<string> {
  return new Set(mappings.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : [])))
}
