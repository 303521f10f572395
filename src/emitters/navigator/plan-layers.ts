import type { AttackReleaseView } from '../../attack/attack-index.js'
import { type NoCellReason, noCellReason } from '../../coverage/row-state.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import { addToList } from '../../model/stated.js'
import { compareText } from '../../model/text.js'
import type { EmitContext } from '../emitter.js'
import { type Paint, paintScores, scoreRows, weighRow } from '../matrix/score-rows.js'
import { labelCapability, labelGroup, labelRelation } from './layer.js'
import { countCapabilities, labelRows, type LayerRow, orderByCapability } from './layer-rows.js'
import type { LossLedger } from './loss-ledger.js'
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
  /** The rows of all cells, in their order. */
  readonly rows: readonly LayerRow[]
}

/** Plans the layers of a set: their rows, cells, scores and colours. */
export function planLayers(
  set: ResolvedSet, context: EmitContext, options: NavigatorOptions, ledger: LossLedger,
): { readonly plan: LayerPlan; readonly slices: readonly LayerSlice[] } {
  const release = context.attack.release(set.attack.domain, set.attack.version)
  const selection = selectRows(set, release)
  const isScored = selection.shown.some((row) => weighRow(row) !== undefined)
  const score = isScored ? options['layer-score'] : 'count'
  const slices = sliceRows(set, labelRows(set, selection.shown), options['layer-by'])
    .map(({ title, key, rows }): LayerSlice => ({ title, key, cells: buildCells(rows, score), rows }))
  const scores = slices.flatMap(({ cells }) => cells.flatMap((cell) => cell.score ?? []))
  const paint = paintScores(scores, score, options.palette)
  const namesRelations = selection.shown.some(({ relation }) => relation !== selection.shown[0]?.relation)
  const plan = { set, release, selection, score, namesRelations, options, paint, context, ledger }
  // If all rows are left out, one layer without cells counts them in its metadata.
  return { plan, slices: slices.length === 0 ? [{ title: undefined, key: undefined, cells: [], rows: [] }] : slices }
}

/** The rows that become cells, and those that do not. */
interface RowSelection {
  readonly shown: readonly MappedRow[]
  /** The number of their techniques. */
  readonly techniques: number
  /** Of the rows shown, those whose technique the index does not have, because the set states a newer release. */
  readonly notInIndex: readonly MappedRow[]
  /** Of the rows shown, those that name the technique otherwise than the release does. */
  readonly otherNames: readonly MappedRow[]
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
  const found: RowsInProgress = {
    shown: [], techniques: 0, notInIndex: [], otherNames: [], leftOut: [], unmappedCapabilities: 0, unmappedTechniques: 0, facts: new Map(),
  }
  // A row at a time in a function of its own, which V8 compiles faster than a long loop.
  for (const row of set.mappings) {
    if (row.kind === 'mapped') selectRow(found, row, release)
    else if (row.kind === 'unmapped-capability') found.unmappedCapabilities++
    else found.unmappedTechniques++
  }
  return found
}

/** A selection whose rows are still being selected. */
interface RowsInProgress extends RowSelection {
  readonly shown: MappedRow[]
  techniques: number
  readonly notInIndex: MappedRow[]
  readonly otherNames: MappedRow[]
  readonly leftOut: { readonly row: MappedRow; readonly reason: LeftOutReason }[]
  unmappedCapabilities: number
  unmappedTechniques: number
  /** Of each technique: they are fewer than rows. */
  readonly facts: Map<string, TechniqueFacts>
}

function selectRow(found: RowsInProgress, row: MappedRow, release: AttackReleaseView): void {
  const { id, name } = row.technique
  let facts = found.facts.get(id)
  if (!facts) {
    facts = { reason: noCellReason(id, release), name: release.technique(id)?.name }
    found.facts.set(id, facts)
    if (isShown(facts.reason)) found.techniques++
  }
  const { reason } = facts
  if (!isShown(reason)) {
    found.leftOut.push({ row, reason })
    return
  }
  found.shown.push(row)
  if (reason === 'not-in-index') found.notInIndex.push(row)
  if (name !== undefined && name !== facts.name) found.otherNames.push(row)
}

/** Why a technique has no cell, and its name, in the release. */
interface TechniqueFacts {
  readonly reason: NoCellReason | undefined
  readonly name: string | undefined
}

function isShown(reason: NoCellReason | undefined): reason is 'not-in-index' | undefined {
  return reason === undefined || reason === 'not-in-index'
}

/** The rows of one layer. `title` distinguishes it from the set's other layers; an only layer has none. */
interface RowSlice {
  readonly title?: string
  /** The id of the group, capability, … that the rows have in common. */
  readonly key?: string
  readonly rows: readonly LayerRow[]
}

/** Assigns each row to exactly one layer. Layers are sorted by key; the one of rows without a key comes last. */
function sliceRows(set: ResolvedSet, rows: readonly LayerRow[], by: NavigatorOptions['layer-by']): readonly RowSlice[] {
  if (by === 'framework') return [{ rows }]
  const slices = new Map<string, LayerRow[]>()
  const rest: LayerRow[] = []
  for (const row of rows) {
    const key = sliceKeys[by](row.row)
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
  /** In the order of the documents. */
  readonly rows: readonly LayerRow[]
  /** The same by capability. */
  readonly ordered: readonly LayerRow[]
  readonly score: number | undefined
}

/** One cell per technique, sorted by id: of several entries for a technique, Navigator shows only the last. */
function buildCells(rows: readonly LayerRow[], how: NavigatorOptions['layer-score']): readonly Cell[] {
  const found = new Map<string, LayerRow[]>()
  for (const row of rows) addToList(found, row.row.technique.id, row)
  const cells: Cell[] = []
  // By UTF-16 code units.
  for (const id of [...found.keys()].toSorted()) {
    const own = found.get(id) ?? []
    const ordered = orderByCapability(own)
    const score = how === 'count' ? countCapabilities(ordered) : scoreRows(own.map(({ row }) => row), how)
    cells.push({ id, rows: own, ordered, score })
  }
  return cells
}
