import { describePlace } from '../../emitters/table/table-rows.js'
import type { FrameworkRelease } from '../../model/mapping-set.js'
import type { Domain, TechniqueRef } from '../../model/mapping.js'
import { describeOrigin } from '../../model/origin.js'
import { stated } from '../../model/stated.js'
import type { Candidate, UpgradedSet } from './upgrade-set.js'
import { isOpen, type RowChange, techniqueOf, type UpgradeClass, writeDecision } from './row-change.js'

/** The outcome of a row. `waiting` rows are unchanged in the upgraded set, and state the release that they still refer to. */
type RowOutcome = 'as before' | 'changed' | 'waiting' | 'dropped' | 'merged'

/** A change report as JSON: schemas/upgrade.schema.json. */
export interface UpgradeDocument {
  readonly kind: 'upgrade'
  readonly framework: FrameworkRelease
  readonly attack: {
    readonly domain: Domain
    /** The version that the set states. */
    readonly stated?: string
    /** The available release that was used for it. */
    readonly from?: string
    readonly to: string
  }
  readonly counts: UpgradeCounts & { readonly candidates: number }
  /** Rows of all classes except `unchanged`, and rows with a decision. */
  readonly changes: readonly ChangeEntry[]
  readonly candidates: readonly CandidateEntry[]
}

/** A row of the change report. Reviewers fill in `decision`: keep, drop or the id of a technique. */
export interface ChangeEntry {
  readonly rowId: string
  readonly class: UpgradeClass
  readonly decision: string | null
  readonly outcome: RowOutcome
  readonly capability?: string
  readonly before?: TechniqueRef
  readonly after?: TechniqueRef
  readonly why?: string
  readonly suggestions: readonly TechniqueRef[]
  readonly attackVersion?: string
  readonly sameAs?: string
  /** Id of the row that it was merged into. */
  readonly mergedInto?: string
  readonly places: readonly { readonly document: string; readonly place: string }[]
}

/** A candidate in the change report. */
export interface CandidateEntry {
  readonly id: string
  readonly name: string
  readonly tactics: readonly string[]
  readonly replaces: readonly string[]
  readonly parentRows: number
}

/** Builds the change report of an upgrade. */
export function createUpgradeDocument(upgraded: UpgradedSet, candidates: readonly Candidate[]): UpgradeDocument {
  const { former, changes, idOf, source, target } = upgraded
  return {
    kind: 'upgrade',
    framework: former.framework,
    attack: { domain: target.domain, ...stated({ stated: former.attack.version, from: source?.version }), to: target.version },
    counts: { ...countUpgrade(upgraded), candidates: candidates.length },
    changes: listChanges(changes).map((change) => describeChange(change, idOf)),
    candidates: candidates.map(({ technique: { id, name }, ...others }) => ({ id, name, ...others })),
  }
}

/** The reported changes: first rows that wait for a person, then the others, each in the set's order. */
function listChanges(changes: readonly RowChange[]): readonly RowChange[] {
  const reported = new Map(listOrder.map((upgradeClass): [UpgradeClass, RowChange[]] => [upgradeClass, []]))
  for (const change of changes) if (change.class !== 'unchanged' || change.decision !== undefined) reported.get(change.class)?.push(change)
  return [...reported.values()].flat()
}

const listOrder: readonly UpgradeClass[] = ['review', 'gone', 'undetermined', 'unknown', 'replaced', 'moved', 'renamed', 'unchanged']

function describeChange(change: RowChange, idOf: UpgradedSet['idOf']): ChangeEntry {
  const { before, decision, why, from, sameAs, mergedInto } = change
  const capability = before.kind === 'unmapped-technique' ? undefined : before.capability.id
  const former = techniqueOf(before)
  const now = techniqueOf(change.after)
  const [same] = sameAs?.origins ?? []
  return {
    rowId: idOf(change.index),
    class: change.class,
    decision: decision === undefined ? null : writeDecision(decision),
    outcome: outcomeOf(change),
    ...(capability !== undefined && { capability }),
    ...(former && { before: former }),
    ...(now && { after: now }),
    ...(why !== undefined && { why }),
    suggestions: change.suggestions,
    ...(from !== undefined && { attackVersion: from }),
    ...(same && { sameAs: describeOrigin(same) }),
    ...(mergedInto !== undefined && { mergedInto }),
    places: before.origins.map(({ document, place }) => ({ document, place: describePlace(place) })),
  }
}

function outcomeOf(change: RowChange): RowOutcome {
  const { before, after, mergedInto } = change
  if (mergedInto !== undefined) return 'merged'
  if (after === undefined) return 'dropped'
  if (isOpen(change)) return 'waiting'
  const [old, now] = [techniqueOf(before), techniqueOf(after)]
  return old?.id === now?.id && old?.name === now?.name ? 'as before' : 'changed'
}

/** Counts of rows by outcome. `rowsIn` = `rowsOut` + `dropped` + `merged`; the classes add up to `rowsIn`. */
interface UpgradeCounts {
  readonly rowsIn: number
  readonly rowsOut: number
  readonly classes: Readonly<Record<UpgradeClass, number>>
  /** Rows that wait for a decision. */
  readonly open: number
  /** Rows with a decision, including dropped ones. */
  readonly decided: number
  readonly dropped: number
  /** Rows that were merged into others; absent if none was. */
  readonly merged?: number
  /** Rows that have become the same as another row. */
  readonly sameAsOthers: number
}

/** Counts the rows of an upgrade. */
export function countUpgrade({ set, changes }: Pick<UpgradedSet, 'set' | 'changes'>): UpgradeCounts {
  const classes = { unchanged: 0, renamed: 0, moved: 0, replaced: 0, review: 0, gone: 0, undetermined: 0, unknown: 0 }
  const counts = { open: 0, decided: 0, dropped: 0, merged: 0, sameAsOthers: 0 }
  for (const change of changes) {
    classes[change.class] += 1
    if (isOpen(change)) counts.open += 1
    if (change.decision !== undefined) counts.decided += 1
    if (change.mergedInto !== undefined) counts.merged += 1
    else if (change.after === undefined) counts.dropped += 1
    if (change.sameAs !== undefined) counts.sameAsOthers += 1
  }
  const { merged, sameAsOthers, ...others } = counts
  return { rowsIn: changes.length, rowsOut: set.mappings.length, classes, ...others, ...(merged > 0 && { merged }), sameAsOthers }
}
