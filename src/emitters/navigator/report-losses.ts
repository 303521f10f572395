import { isBeforeStated } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import type { EmitContext } from '../emitter.js'
import type { LossKind, LossLedger } from './loss-ledger.js'
import type { LayerPlan } from './plan-layers.js'

/** Records what layers of a set cannot represent: rows that are left out, and fields that cells do not have. */
export function noteLosses({ set, release, selection, ledger }: LayerPlan): void {
  for (const { row, reason } of selection.leftOut) ledger.add(`${reason}-technique`, 1, row.origins[0], row.technique.id)
  const unmapped = [['unmapped-capability', selection.unmappedCapabilities], ['unmapped-technique', selection.unmappedTechniques]] as const
  for (const [kind, rows] of unmapped) {
    if (rows > 0) ledger.add(kind, rows, set.mappings.find((row) => row.kind === kind)?.origins[0])
  }
  const { shown } = selection
  ledger.add('row-boundaries', shown.length, shown[0]?.origins[0])
  noteFields(shown, set, ledger)
  if (!isBeforeStated(release)) for (const { technique, origins } of selection.otherNames) ledger.add('technique-name', 1, origins[0], technique.id)
  const definitions = [...set.relations.values(), ...set.groups.values(), ...set.capabilities.values()]
  ledger.add('definition', definitions.filter(({ description }) => description !== undefined).length)
  ledger.add('idle-capability', countIdle(set))
}

/** Fields that cells do not have. One pass, without a function for each field: there are many rows. */
function noteFields(rows: readonly MappedRow[], set: ResolvedSet, ledger: LossLedger): void {
  const tallies: Tallies = {
    'status': createTally(), 'row-author': createTally(), 'row-release': createTally(), 'review': createTally(),
    'completion': createTally(), 'related-score': createTally(), 'capability-wording': createTally(),
  }
  for (const row of rows) noteRow(row, set, tallies)
  for (const kind of lostFields) ledger.add(kind, tallies[kind].rows, tallies[kind].first?.origins[0])
}

type Tallies = Readonly<Record<(typeof lostFields)[number], Tally>>

function noteRow(row: MappedRow, { capabilities }: ResolvedSet, tallies: Tallies): void {
  const { id, description } = row.capability
  if (row.status !== undefined) countRow(tallies.status, row)
  if (row.author !== undefined) countRow(tallies['row-author'], row)
  if (row.release !== undefined) countRow(tallies['row-release'], row)
  if (row.review !== undefined) countRow(tallies.review, row)
  if (row.completed !== undefined) countRow(tallies.completion, row)
  if (row.score?.related !== undefined) countRow(tallies['related-score'], row)
  if (description !== undefined && description !== capabilities.get(id)?.name) countRow(tallies['capability-wording'], row)
}

const lostFields = ['status', 'row-author', 'row-release', 'review', 'completion', 'related-score', 'capability-wording'] as const satisfies readonly LossKind[]

interface Tally {
  rows: number
  first: MappedRow | undefined
}

function createTally(): Tally {
  return { rows: 0, first: undefined }
}

function countRow(tally: Tally, row: MappedRow): void {
  tally.first ??= row
  tally.rows++
}

function countIdle(set: ResolvedSet): number {
  const used = new Set<string>()
  for (const row of set.mappings) if (row.kind !== 'unmapped-technique') used.add(row.capability.id)
  let idle = 0
  for (const id of set.capabilities.keys()) if (!used.has(id)) idle++
  return idle
}

const mostIds = 10

/** Reports each kind of loss of an artifact once, with its count, the first place concerned, and technique ids. */
export function reportLosses(plans: readonly LayerPlan[], ledger: LossLedger, { report, baseName }: EmitContext, adjusted: number): void {
  for (const { kind, message, count, origin, found } of ledger.losses()) {
    const more = found.length > mostIds ? ` and ${found.length - mostIds} more` : ''
    const expected = techniqueLosses.has(kind) ? expectedTechnique(plans) : undefined
    report('emit/not-representable', {
      message: `Navigator layer: ${message}`,
      count,
      subject: baseName,
      ...(origin && { origin }),
      ...(found.length > 0 && { found: `${found.slice(0, mostIds).join(', ')}${more}` }),
      ...(expected !== undefined && { expected }),
    })
  }
  for (const { set, options, score } of plans) {
    if (score === options['layer-score'] || set.mappings.length === 0) continue
    report('emit/left-out', {
      message: `Navigator layer: no row of ${set.framework.name} states a score value; `
        + `cells count capabilities instead of --layer-score ${options['layer-score']}`,
      subject: baseName,
    })
  }
  if (adjusted > 0) {
    report('emit/text-adjusted', {
      message: 'Navigator layer: control characters were replaced by U+FFFD',
      count: adjusted,
      subject: baseName,
    })
  }
}

function expectedTechnique(plans: readonly LayerPlan[]): string {
  const versions = new Set(plans.map(({ release }) => release.version))
  return `a technique that is active in ATT&CK ${[...versions].join(' or ')}`
}

const techniqueLosses: ReadonlySet<string> = new Set(['unknown-technique', 'revoked-technique', 'deprecated-technique'])
