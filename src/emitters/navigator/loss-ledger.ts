import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Origin } from '../../model/origin.js'

/** What a layer loses, by kind: how a diagnostic words `count` of it. Order is the order of the report. */
const lossWordings = [
  ['unknown-technique', (n: number) => `${countNoun(n, 'row')} became no cell: the ATT&CK release has no such technique`],
  ['revoked-technique', (n: number) => `${countNoun(n, 'row')} became no cell: the ATT&CK release has revoked the technique`],
  ['deprecated-technique', (n: number) => `${countNoun(n, 'row')} became no cell: the ATT&CK release has deprecated the technique`],
  ['unmapped-capability', (n: number) => `${countNoun(n, 'row')} without a technique became no cell; the layer's metadata counts them`],
  ['unmapped-technique', (n: number) => `${countNoun(n, 'row')} without a capability became no cell; the layer's metadata counts them`],
  ['unscored-cell', (n: number) => `${countNoun(n, 'technique')} got no score: no row of them states a known score value`],
  ['row-boundaries', (n: number) => `${countNoun(n, 'row')} merged into cells: a layer keeps neither rows, nor their order and places, nor whose a reference is`],
  ['status', (n: number) => `the status of ${countNoun(n, 'row')} has no place in a layer`],
  ['row-author', (n: number) => `the author of ${countNoun(n, 'row')} has no place in a layer`],
  ['row-release', (n: number) => `the versions that ${countNoun(n, 'row')} state of their own have no place in a layer`],
  ['review', (n: number) => `the auditor's verdict on ${countNoun(n, 'row')} has no place in a layer`],
  ['completion', (n: number) => `the origin of supplied fields of ${countNoun(n, 'row')} has no place in a layer`],
  ['related-score', (n: number) => `the related score of ${countNoun(n, 'row')} has no place in a layer`],
  ['technique-name', (n: number) => `${countNoun(n, 'row')} name their technique otherwise than ATT&CK; Navigator shows ATT&CK's name`],
  ['capability-wording', (n: number) => `${countNoun(n, 'row')} word their capability otherwise than its first row; one wording is shown`],
  ['comment', (n: number) => `${countNoun(n, 'comment')} cut or left out of the cells`],
  ['metadata', (n: number) => `${countNoun(n, 'metadata entry')} left out of the cells (--layer-metadata-limit)`],
  ['link', (n: number) => `${countNoun(n, 'link')} left out of the cells (--layer-metadata-limit)`],
  ['text', (n: number) => `${countNoun(n, 'text')} in names and metadata shortened`],
  ['source', (n: number) => `${countNoun(n, 'source document')} left out of the layer's metadata`],
  ['definition', (n: number) => `${countNoun(n, 'longer description')} of mapping types, groups and capabilities have no place in a layer`],
  ['idle-capability', (n: number) => `${countNoun(n, 'listed capability')} without any row is only counted`],
] as const satisfies readonly (readonly [string, (count: number) => string])[]

export type LossKind = (typeof lossWordings)[number][0]

/** One kind of loss of one set. `found` are the ids concerned, where ids say more than a count. */
interface Loss {
  readonly kind: LossKind
  readonly message: string
  readonly count: number
  readonly origin?: Origin
  readonly found: readonly string[]
}

/** Counts losses while layers are built. */
export interface LossLedger {
  add(kind: LossKind, count?: number, origin?: Origin, found?: string): void
  count(kind: LossKind): number
  /** In the order of the kinds above; kinds that did not occur are absent. */
  losses(): readonly Loss[]
}

/** Creates an empty ledger. */
export function createLossLedger(): LossLedger {
  const entries = new Map<LossKind, { count: number; origin?: Origin; found: Set<string> }>()
  return {
    add(kind, count = 1, origin, found) {
      if (count === 0) return
      const entry = entries.get(kind) ?? { count: 0, ...(origin && { origin }), found: new Set<string>() }
      entry.count += count
      if (found !== undefined) entry.found.add(found)
      entries.set(kind, entry)
    },
    count: (kind) => entries.get(kind)?.count ?? 0,
    losses: () =>
      lossWordings.flatMap(([kind, word]) => {
        const entry = entries.get(kind)
        return entry ? [{ ...entry, kind, message: word(entry.count), found: [...entry.found] }] : []
      }),
  }
}
