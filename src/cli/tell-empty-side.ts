import { exitCode } from './exit-code.js'
import type { ReportOptions } from './options/report-options.js'
import { tellDiagnostics } from './tell-diagnostics.js'
import type { Terminal } from './terminal.js'
import { listSets, type Side } from './understand-side.js'

/** Whether one of the inputs holds no mapping set; tells so, with all there is to tell of the inputs. Exit code 1. */
export async function tellEmptySide(
  inputs: readonly string[], sides: readonly Side[], options: ReportOptions, terminal: Terminal,
): Promise<boolean> {
  const empty = inputs.find((_input, index) => listSets(sides[index]).length === 0)
  if (empty === undefined) return false
  await tellDiagnostics(sides.flatMap((side) => side.diagnostics), sides.flatMap((side) => side.files), options, terminal)
  terminal.printMessage(`${terminal.palette.error('error')}: ${empty} holds no mapping set\n`)
  process.exitCode = exitCode.inputErrors
  return true
}
