import { foldSpace } from '../../matching/fold-text.js'
import { compareNaturally } from '../../model/compare-naturally.js'
import { compareText } from '../../model/compare-text.js'
import type { MappingSet } from '../../model/mapping-set.js'
import type { IdChange } from './set-diff.js'

type Names = ReadonlyMap<string, string | undefined>

/** The capabilities that came, went, or are called otherwise; those that a document lists without rows count too. */
export function diffCapabilities(old: MappingSet, fresh: MappingSet): readonly IdChange[] {
  return diffNames(capabilityNames(old), capabilityNames(fresh))
}

/** The techniques that came, went, or are called otherwise; of rows of all kinds. */
export function diffTechniques(old: MappingSet, fresh: MappingSet): readonly IdChange[] {
  return diffNames(techniqueNames(old), techniqueNames(fresh))
}

function capabilityNames({ capabilities }: MappingSet): Names {
  return new Map(Array.from(capabilities.values(), ({ id, name }) => [id, name]))
}

function techniqueNames({ mappings }: MappingSet): Names {
  const names = new Map<string, string | undefined>()
  for (const row of mappings) {
    if (row.kind === 'unmapped-capability') continue
    const { id, name } = row.technique
    if (names.get(id) === undefined) names.set(id, name)
  }
  return names
}

function diffNames(old: Names, fresh: Names): readonly IdChange[] {
  const changes: IdChange[] = []
  for (const [id, name] of fresh) {
    const formerName = old.get(id)
    const named = { id, ...(name !== undefined && { name }) }
    if (!old.has(id)) changes.push({ change: 'added', ...named })
    else if (foldSpace(formerName ?? '') !== foldSpace(name ?? '')) {
      changes.push({ change: 'changed', ...named, ...(formerName !== undefined && { formerName }) })
    }
  }
  for (const [id, name] of old) if (!fresh.has(id)) changes.push({ change: 'removed', id, ...(name !== undefined && { name }) })
  return changes.toSorted((a, b) => compareText(a.change, b.change) || compareNaturally(a.id, b.id) || compareText(a.id, b.id))
}
