import { isBeforeStated } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import type { EmitContext } from '../emitter.js'
import type { LayerPlan, LossKind, LossLedger } from './plan-layers.js'

/** Records what layers of a set cannot represent: rows that are left out, and fields that cells do not have. */
export function noteLosses({ set, release, selection, ledger }: LayerPlan): void {
  for (const { row, reason } of selection.leftOut) ledger.add(`${reason}-technique`, 1, row.origins[0], row.technique.id)
  for (const row of set.mappings) {
    if (row.kind !== 'mapped') ledger.add(row.kind, 1, row.origins[0])
  }
  ledger.add('row-boundaries', selection.shown.length, selection.shown[0]?.origins[0])
  for (const row of selection.shown) {
    for (const [kind, isLost] of fieldLosses) if (isLost(row, set)) ledger.add(kind, 1, row.origins[0])
    const { id, name } = row.technique
    if (name !== undefined && !isBeforeStated(release) && name !== release.technique(id)?.name) ledger.add('technique-name', 1, row.origins[0], id)
  }
  const definitions = [...set.relations.values(), ...set.groups.values(), ...set.capabilities.values()]
  ledger.add('definition', definitions.filter(({ description }) => description !== undefined).length)
  ledger.add('idle-capability', countIdle(set))
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
