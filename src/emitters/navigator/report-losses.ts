import { type AttackReleaseView, isBeforeStated } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import type { EmitContext } from '../emitter.js'
import type { LayerPlan, LossKind, LossLedger } from './plan-layers.js'

/** Records what layers of a set cannot represent: rows that are left out, and fields that cells do not have. */
export function noteLosses({ set, release, selection, ledger }: LayerPlan): void {
  for (const { row, reason } of selection.leftOut) ledger.add(`${reason}-technique`, 1, row.origins[0], row.technique.id)
  for (const kind of ['unmapped-capability', 'unmapped-technique'] as const) {
    const rows = set.mappings.filter((row) => row.kind === kind)
    ledger.add(kind, rows.length, rows[0]?.origins[0])
  }
  const { shown } = selection
  ledger.add('row-boundaries', shown.length, shown[0]?.origins[0])
  for (const [kind, isLost] of fieldLosses) {
    const rows = shown.filter((row) => isLost(row, set))
    ledger.add(kind, rows.length, rows[0]?.origins[0])
  }
  if (!isBeforeStated(release)) noteOtherNames(shown, release, ledger)
  const definitions = [...set.relations.values(), ...set.groups.values(), ...set.capabilities.values()]
  ledger.add('definition', definitions.filter(({ description }) => description !== undefined).length)
  ledger.add('idle-capability', countIdle(set))
}

function noteOtherNames(rows: readonly MappedRow[], release: AttackReleaseView, ledger: LossLedger): void {
  const names = new Map<string, string | undefined>()
  for (const { technique: { id, name }, origins } of rows) {
    if (name === undefined) continue
    if (!names.has(id)) names.set(id, release.technique(id)?.name)
    if (name !== names.get(id)) ledger.add('technique-name', 1, origins[0], id)
  }
}

const fieldLosses: readonly (readonly [LossKind, (row: MappedRow, set: ResolvedSet) => boolean])[] = [
  ['status', (row) => row.status !== undefined],
  ['row-author', (row) => row.author !== undefined],
  ['row-release', (row) => row.release !== undefined],
  ['review', (row) => row.review !== undefined],
  ['completion', (row) => row.completed !== undefined],
  ['related-score', (row) => row.score?.related !== undefined],
  ['capability-wording', ({ capability }, set) =>
    capability.description !== undefined && capability.description !== set.capabilities.get(capability.id)?.name],
]

function countIdle(set: ResolvedSet): number {
  const used = new Set(set.mappings.map((row) => (row.kind === 'unmapped-technique' ? undefined : row.capability.id)))
  return [...set.capabilities.keys()].filter((id) => !used.has(id)).length
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
