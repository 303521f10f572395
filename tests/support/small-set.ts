import { createMappingSet, type MappingSetDraft, type ResolvedSet } from '../../src/model/mapping-set.js'
import type { MappedRow, Mapping } from '../../src/model/mapping.js'
import { originAt } from './sample-sets.js'

/** A set of the rows given, of a framework that nobody knows unless one is given. */
export function createSet(draft: {
  rows: readonly Mapping[]
  about?: ResolvedSet['about']
  framework?: MappingSetDraft['framework']
  domain?: ResolvedSet['attack']['domain']
}): ResolvedSet {
  const { rows, about = {}, framework = { id: 'example', name: 'Example' }, domain = 'enterprise' } = draft
  return { ...createMappingSet({ framework, about, mappings: rows, sources: [] }), attack: { domain, version: '16.1' } }
}

/** A row that maps a capability to a technique. */
export function mapped(capability: string, technique: string, more: Partial<MappedRow> = {}): MappedRow {
  return { kind: 'mapped', origins: [originAt(1)], capability: { id: capability }, technique: { id: technique }, ...more }
}
