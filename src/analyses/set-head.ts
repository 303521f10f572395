import type { ResolvedSet } from '../model/mapping-set.js'

/** What names a mapping set in the JSON of an analysis. */
export interface SetHead {
  readonly framework: ResolvedSet['framework']
  readonly attack: ResolvedSet['attack']
  readonly rows: number
  readonly documents: readonly string[]
}

/** Names a mapping set: its releases, its rows, the documents that it comes from. */
export function describeSetHead({ framework, attack, mappings, sources }: ResolvedSet): SetHead {
  return { framework, attack, rows: mappings.length, documents: sources.map(({ name }) => name) }
}
