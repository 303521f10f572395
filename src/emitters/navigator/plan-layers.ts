import type { AttackReleaseView } from '../../attack/attack-index.js'
import { type NoCellReason, noCellReason } from '../../coverage/row-state.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import { compareText } from '../../model/text.js'
import type { EmitContext } from '../emitter.js'
import { type Paint, paintScores, scoreRows, weighRow } from '../matrix/score-rows.js'
import { labelCapability, labelGroup, labelRelation } from './layer.js'
import type { NavigatorOptions } from './navigator.js'

/** Data that all layers of a set share. */
export interface LayerPlan {
  readonly set: ResolvedSet
  readonly release: AttackReleaseView
  readonly selection: RowSelection
  /** As requested; `count` for a set without score values. */
  readonly score: NavigatorOptions['layer-score']
  /** Whether mapping types are named: if the rows shown have several. */
  readonly namesRelations: boolean
  readonly options: NavigatorOptions
  readonly paint: Paint
  readonly context: EmitContext
  readonly ledger: LossLedger
}

/** The cells of one layer; see `RowSlice`. */
export interface LayerSlice {
  readonly title: string | undefined
  readonly key: string | undefined
  readonly cells: readonly Cell[]
}

/** Plans the layers of a set: their rows, cells, scores and colours. */
export function planLayers(
  set: ResolvedSet, context: EmitContext, options: NavigatorOptions, ledger: LossLedger,
): { readonly plan: LayerPlan; readonly slices: readonly LayerSlice[] } {
  const release = context.attack.release(set.attack.domain, set.attack.version)
  const selection = selectRows(set, release)
  const isScored = selection.shown.some((row) => weighRow(row) !== undefined)
  const score = isScored ? options['layer-score'] : 'count'
  const slices = sliceRows(set, selection.shown, options['layer-by'])
    .map(({ title, key, rows }): LayerSlice => ({ title, key, cells: buildCells(rows, score) }))
  const scores = slices.flatMap(({ cells }) => cells.flatMap((cell) => cell.score ?? []))
  const paint = paintScores(scores, score, options.palette)
  const namesRelations = new Set(selection.shown.map((row) => row.relation)).size > 1
  const plan = { set, release, selection, score, namesRelations, options, paint, context, ledger }
  // If all rows are left out, one layer without cells counts them in its metadata.
  return { plan, slices: slices.length === 0 ? [{ title: undefined, key: undefined, cells: [] }] : slices }
}

/** The rows that become cells, and those that do not. */
interface RowSelection {
  readonly shown: readonly MappedRow[]
  /** Of these, the rows whose technique the index does not have, because the set states a newer release. */
  readonly notInIndex: readonly MappedRow[]
  readonly leftOut: readonly { readonly row: MappedRow; readonly reason: LeftOutReason }[]
  readonly unmappedCapabilities: number
  readonly unmappedTechniques: number
}

type LeftOutReason = Exclude<NoCellReason, 'not-in-index'>

/**
 * Selects the rows whose technique is active in the release, or may be in the newer one that the set states: Navigator silently skips all
 * others.
 */
function selectRows(set: ResolvedSet, release: AttackReleaseView): RowSelection {
  const shown: MappedRow[] = []
  const notInIndex: MappedRow[] = []
  const leftOut: { row: MappedRow; reason: LeftOutReason }[] = []
  let unmappedCapabilities = 0
  let unmappedTechniques = 0
  // Techniques are fewer than rows.
  const reasons = new Map<string, NoCellReason | undefined>()
  for (const row of set.mappings) {
    if (row.kind === 'unmapped-capability') unmappedCapabilities++
    else if (row.kind === 'unmapped-technique') unmappedTechniques++
    else {
      const { id } = row.technique
      if (!reasons.has(id)) reasons.set(id, noCellReason(id, release))
      const reason = reasons.get(id)
      if (reason === 'not-in-index') notInIndex.push(row)
      if (reason === undefined || reason === 'not-in-index') shown.push(row)
      else leftOut.push({ row, reason })
    }
  }
  return { shown, notInIndex, leftOut, unmappedCapabilities, unmappedTechniques }
}

/** The rows of one layer. `title` distinguishes it from the set's other layers; an only layer has none. */
interface RowSlice {
  readonly title?: string
  /** The id of the group, capability, … that the rows have in common. */
  readonly key?: string
  readonly rows: readonly MappedRow[]
}

/** Assigns each row to exactly one layer. Layers are sorted by key; the one of rows without a key comes last. */
function sliceRows(set: ResolvedSet, rows: readonly MappedRow[], by: NavigatorOptions['layer-by']): readonly RowSlice[] {
  if (by === 'framework') return [{ rows }]
  const slices = new Map<string, MappedRow[]>()
  const rest: MappedRow[] = []
  for (const row of rows) {
    const key = sliceKeys[by](row)
    const slice = key === undefined ? rest : slices.get(key)
    if (slice) slice.push(row)
    else if (key !== undefined) slices.set(key, [row])
  }
  const named = Array.from(slices, ([key, found]) => ({ key, title: sliceTitles[by](set, key), rows: found }))
  named.sort((a, b) => compareText(a.key, b.key))
  return rest.length === 0 ? named : [...named, { title: withoutTitles[by], rows: rest }]
}

type SplitBy = Exclude<NavigatorOptions['layer-by'], 'framework'>

const sliceKeys: Readonly<Record<SplitBy, (row: MappedRow) => string | undefined>> = {
  'group': (row) => row.group,
  'capability': (row) => row.capability.id,
  'score-category': (row) => row.score?.category,
  'relation': (row) => row.relation,
}

const sliceTitles: Readonly<Record<SplitBy, (set: ResolvedSet, key: string) => string>> = {
  'group': labelGroup,
  'capability': labelCapability,
  'score-category': (_set, key) => key,
  'relation': labelRelation,
}

const withoutTitles: Readonly<Record<SplitBy, string>> = {
  'group': 'no group',
  'capability': 'no capability',
  'score-category': 'no score category',
  'relation': 'no mapping type',
}

/** A technique of one layer with its rows; it has no colour without a score. */
export interface Cell {
  readonly id: string
  readonly rows: readonly MappedRow[]
  readonly score?: number
}

/** One cell per technique, sorted by id: of several entries for a technique, Navigator shows only the last. */
function buildCells(rows: readonly MappedRow[], how: NavigatorOptions['layer-score']): readonly Cell[] {
  const found = new Map<string, MappedRow[]>()
  for (const row of rows) {
    const cell = found.get(row.technique.id)
    if (cell) cell.push(row)
    else found.set(row.technique.id, [row])
  }
  return Array.from(found)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([id, own]) => createCell(id, own, how))
}

function createCell(id: string, rows: readonly MappedRow[], how: NavigatorOptions['layer-score']): Cell {
  const score = scoreRows(rows, how)
  return score === undefined ? { id, rows } : { id, rows, score }
}

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
