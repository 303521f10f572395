import type { AttackReleaseView } from '../../attack/attack-index.js'
import { compareText } from '../../model/compare-text.js'
import type { LayerTechnique } from './layer.js'

/**
 * The cells of a layer, sorted, with the parents of annotated sub-techniques opened: one that has no cell of its own gets an entry without
 * a score, only to be opened.
 */
export function openParents(cells: readonly LayerTechnique[], release: AttackReleaseView): readonly LayerTechnique[] {
  const present = new Set(cells.map(({ techniqueID }) => techniqueID))
  const parents = new Set(cells.flatMap(({ techniqueID }) => parentOf(techniqueID) ?? []))
  const added = Array.from(parents)
    .filter((id) => !present.has(id) && release.technique(id)?.status === 'active')
    .map((techniqueID): LayerTechnique => ({ techniqueID }))
  return [...cells, ...added]
    .map((cell) => (parents.has(cell.techniqueID) ? { ...cell, showSubtechniques: true as const } : cell))
    .toSorted((a, b) => compareText(a.techniqueID, b.techniqueID))
}

function parentOf(id: string): string | undefined {
  return id.includes('.') ? id.split('.', 1)[0] : undefined
}
