import type { LayerPlan } from './layer-plan.js'
import type { NavigatorOptions } from './navigator-options.js'

const mostIds = 10

/** Reports each kind of loss of a set once, with its count, the first place concerned, and the ids where they matter. */
export function reportLosses({ context, ledger, score, release }: LayerPlan, options: NavigatorOptions, adjusted: number): void {
  const { report, baseName } = context
  for (const { kind, message, count, origin, found } of ledger.losses()) {
    const more = found.length > mostIds ? ` and ${found.length - mostIds} more` : ''
    report('emit/not-representable', {
      message: `Navigator layer: ${message}`,
      count,
      subject: baseName,
      ...(origin && { origin }),
      ...(found.length > 0 && { found: `${found.slice(0, mostIds).join(', ')}${more}` }),
      ...(withdrawn.has(kind) && { expected: `a technique that is active in ATT&CK ${release.version}` }),
    })
  }
  if (score !== options['layer-score']) {
    report('emit/left-out', {
      message: `Navigator layer: no row states a score value, so cells count capabilities instead of --layer-score ${options['layer-score']}`,
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

const withdrawn: ReadonlySet<string> = new Set(['unknown-technique', 'revoked-technique', 'deprecated-technique'])
