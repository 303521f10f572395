import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { exitCode } from './exit-code.js'
import type { ReportOptions } from './options/report-options.js'

/** What a target format could not carry, or only changed. */
const losses: ReadonlySet<string> = new Set(['emit/not-representable', 'emit/text-adjusted'])

/** 1 when there is an error, or what `--fail-on` names; 2 and 3 are none of a diagnostic's business. */
export function chooseExitCode(diagnostics: readonly Diagnostic[], failOn: ReportOptions['failOn']): number {
  const fails = diagnostics.some(({ severity, code }) =>
    severity === 'error' || (failOn === 'warning' && severity === 'warning') || (failOn === 'loss' && losses.has(code)))
  return fails ? exitCode.inputErrors : exitCode.done
}
