import type { ResolvedSet } from '../../model/mapping-set.js'
import { describeSetHead } from '../set-head.js'
import type { DescribedDiff } from './describe-diff.js'
import type { SetPairing } from './pair-sets.js'

/** A comparison as JSON: schemas/diff.schema.json. Rows are those of the model. */
export function diffDocument(diffs: readonly DescribedDiff[], { added, removed }: Pick<SetPairing, 'added' | 'removed'>): object {
  return {
    kind: 'diff',
    pairs: diffs.map(({ diff, counts, techniques }) => ({
      old: describeSetHead(diff.old),
      new: describeSetHead(diff.new),
      counts,
      facts: diff.facts,
      capabilities: diff.capabilities,
      techniques,
      rows: { added: diff.added, removed: diff.removed, changed: diff.changed },
    })),
    addedSets: added.map((set: ResolvedSet) => describeSetHead(set)),
    removedSets: removed.map((set: ResolvedSet) => describeSetHead(set)),
  }
}
