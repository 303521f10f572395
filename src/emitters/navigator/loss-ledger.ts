import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Origin } from '../../model/origin.js'

/** Kinds of losses and their messages for a count, in the order in which they are reported. */
const lossMessages = [
  ['unknown-technique', (n: number) => `${countNoun(n, 'row')} left out, because the ATT&CK release does not have the technique`],
  ['revoked-technique', (n: number) => `${countNoun(n, 'row')} left out, because the technique is revoked in the ATT&CK release`],
  ['deprecated-technique', (n: number) => `${countNoun(n, 'row')} left out, because the technique is deprecated in the ATT&CK release`],
  ['unmapped-capability', (n: number) => `${countNoun(n, 'row')} without a technique left out (counted in the layer's metadata)`],
  ['unmapped-technique', (n: number) => `${countNoun(n, 'row')} without a capability left out (counted in the layer's metadata)`],
  ['unscored-cell', (n: number) => `${countNoun(n, 'technique')} without a score, because no row states a known score value`],
  ['row-boundaries', (n: number) => `${countNoun(n, 'row')} merged into cells; order, places, and which row has which reference are lost`],
  ['status', (n: number) => `status of ${countNoun(n, 'row')} omitted`],
  ['row-author', (n: number) => `author of ${countNoun(n, 'row')} omitted`],
  ['row-release', (n: number) => `versions stated in ${countNoun(n, 'row')} omitted`],
  ['review', (n: number) => `auditor's verdict on ${countNoun(n, 'row')} omitted`],
  ['completion', (n: number) => `origin of completed fields in ${countNoun(n, 'row')} omitted`],
  ['related-score', (n: number) => `related score of ${countNoun(n, 'row')} omitted`],
  ['technique-name', (n: number) => `technique name in ${countNoun(n, 'row')} differs from ATT&CK's, which Navigator shows`],
  ['capability-wording', (n: number) => `capability name in ${countNoun(n, 'row')} differs from the one shown`],
  ['comment', (n: number) => `${countNoun(n, 'comment')} shortened or omitted`],
  ['metadata', (n: number) => `${countNoun(n, 'metadata entry')} omitted (--layer-metadata-limit)`],
  ['link', (n: number) => `${countNoun(n, 'link')} omitted (--layer-metadata-limit)`],
  ['text', (n: number) => `${countNoun(n, 'text')} in names and metadata shortened`],
  ['source', (n: number) => `${countNoun(n, 'source document')} not listed in the layer's metadata`],
  ['definition', (n: number) => `${countNoun(n, 'longer description')} of mapping types, groups and capabilities omitted`],
  ['idle-capability', (n: number) => `${countNoun(n, 'listed capability')} without rows omitted`],
] as const satisfies readonly (readonly [string, (count: number) => string])[]

export type LossKind = (typeof lossMessages)[number][0]

/** The losses of one kind. `found` contains the ids of the techniques concerned, for kinds about techniques. */
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
      let entry = entries.get(kind)
      if (!entry) {
        entry = { count: 0, ...(origin && { origin }), found: new Set<string>() }
        entries.set(kind, entry)
      }
      entry.count += count
      if (found !== undefined) entry.found.add(found)
    },
    count: (kind) => entries.get(kind)?.count ?? 0,
    losses: () =>
      lossMessages.flatMap(([kind, describe]) => {
        const entry = entries.get(kind)
        return entry ? [{ ...entry, kind, message: describe(entry.count), found: [...entry.found] }] : []
      }),
  }
}
