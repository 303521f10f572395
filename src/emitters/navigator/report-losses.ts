import type { EmitContext } from '../emitter.js'
import type { LayerPlan } from './layer-plan.js'
import type { LossLedger } from './loss-ledger.js'

const mostIds = 10

/** Reports each kind of loss of an artefact once, with its count, the first place concerned, and the ids where they matter. */
export function reportLosses(plans: readonly LayerPlan[], ledger: LossLedger, { report, baseName }: EmitContext, adjusted: number): void {
  for (const { kind, message, count, origin, found } of ledger.losses()) {
    const more = found.length > mostIds ? ` and ${found.length - mostIds} more` : ''
    const expected = withdrawn.has(kind) ? expectedTechnique(plans) : undefined
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
      message: `Navigator layer: no row of ${set.framework.name} states a score value; cells count capabilities, not --layer-score ${options['layer-score']}`,
      subject: baseName,
    })
  }
  if (adjusted > 0) {
    report('emit/text-adjusted', {
      message: 'Navigator layer: control characters or halves of surrogate pairs were replaced by U+FFFD',
      count: adjusted,
      subject: baseName,
    })
  }
}

function expectedTechnique(plans: readonly LayerPlan[]): string {
  const versions = new Set(plans.map(({ release }) => release.version))
  return `a technique that is active in ATT&CK ${[...versions].join(' or ')}`
}

const withdrawn: ReadonlySet<string> = new Set(['unknown-technique', 'revoked-technique', 'deprecated-technique'])
