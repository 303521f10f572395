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

/** What all layers of a set share. */
export interface LayerPlan {
  readonly set: ResolvedSet
  readonly release: AttackReleaseView
  readonly selection: RowSelection
  /** As asked for, save that a set without score values is counted. */
  readonly score: NavigatorOptions['layer-score']
  /** Whether the rows that became cells are of several mapping types, so that naming them tells something. */
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

/** Decides what the layers of a set show, and what their colours mean. */
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
  // A set whose rows are all left out still says so, in one layer without cells.
  return { plan, slices: slices.length === 0 ? [{ title: undefined, key: undefined, cells: [] }] : slices }
}

/** The rows that become cells, and those that cannot. */
interface RowSelection {
  readonly shown: readonly MappedRow[]
  readonly leftOut: readonly { readonly row: MappedRow; readonly reason: NoCellReason }[]
  readonly unmappedCapabilities: number
  readonly unmappedTechniques: number
}

/** Keeps the rows whose technique is known and active in the release: Navigator skips all others without a word. */
function selectRows(set: ResolvedSet, release: AttackReleaseView): RowSelection {
  const shown: MappedRow[] = []
  const leftOut: { row: MappedRow; reason: NoCellReason }[] = []
  let unmappedCapabilities = 0
  let unmappedTechniques = 0
  for (const row of set.mappings) {
    if (row.kind === 'unmapped-capability') unmappedCapabilities++
    else if (row.kind === 'unmapped-technique') unmappedTechniques++
    else {
      const reason = noCellReason(row.technique.id, release)
      if (reason === undefined) shown.push(row)
      else leftOut.push({ row, reason })
    }
  }
  return { shown, leftOut, unmappedCapabilities, unmappedTechniques }
}

/** The rows of one layer. `title` tells it from the set's other layers; the only layer of a set has none. */
interface RowSlice {
  readonly title?: string
  /** What the rows were split by: the group's id, the capability's, … */
  readonly key?: string
  readonly rows: readonly MappedRow[]
}

/** Splits rows into those of each layer, every row into exactly one, ordered by what they are split by. */
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

type Divided = Exclude<NavigatorOptions['layer-by'], 'framework'>

const sliceKeys: Readonly<Record<Divided, (row: MappedRow) => string | undefined>> = {
  'group': (row) => row.group,
  'capability': (row) => row.capability.id,
  'score-category': (row) => row.score?.category,
  'relation': (row) => row.relation,
}

const sliceTitles: Readonly<Record<Divided, (set: ResolvedSet, key: string) => string>> = {
  'group': labelGroup,
  'capability': labelCapability,
  'score-category': (_set, key) => key,
  'relation': labelRelation,
}

const withoutTitles: Readonly<Record<Divided, string>> = {
  'group': 'no group',
  'capability': 'no capability',
  'score-category': 'no score category',
  'relation': 'no mapping type',
}

/** A technique of one layer with its rows; without a score it stays uncoloured. */
export interface Cell {
  readonly id: string
  readonly rows: readonly MappedRow[]
  readonly score?: number
}

/** One cell per technique, sorted by id: of two entries for one technique, Navigator would only show the last. */
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
