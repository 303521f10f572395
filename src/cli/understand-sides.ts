import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { setTitle } from '../emitters/table/set-facts.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import { understand } from '../pipeline/convert.js'
import type { Understanding } from '../pipeline/requests.js'
import { listReadFiles, openHost, type ReadingOptions, toUnderstandRequest } from './reading.js'
import { reportDiagnostics, type ReportOptions } from './report-diagnostics.js'
import type { Terminal } from './terminal.js'
import { exitCode } from './usage.js'

/** One of the two inputs of a command such as diff or bridge. */
interface Side {
  readonly understanding: Understanding
  /** Named by their paths, since documents of both sides may have the same name. */
  readonly files: readonly DocumentFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads one input, separately from the other side. */
export async function understandSide(input: string, options: ReadingOptions, terminal: Terminal): Promise<Side> {
  const understanding = await understand(await toUnderstandRequest([input], options), await openHost(options, terminal))
  terminal.progress?.clear()
  const files = listReadFiles(understanding)
  const paths = new Map(files.map(({ name, path }) => [name, path]))
  return {
    understanding,
    files: files.map((file) => ({ ...file, name: file.path })),
    diagnostics: understanding.diagnostics.map((diagnostic) => {
      const { origin } = diagnostic
      if (!origin) return diagnostic
      return { ...diagnostic, origin: { ...origin, document: paths.get(origin.document) ?? origin.document } }
    }),
  }
}

/** Mapping sets of a side. */
export function listSets(side: Side | undefined): readonly ResolvedSet[] {
  return side?.understanding.sets.map(({ set }) => set) ?? []
}

/** Whether an input contains no mapping set. If so, prints all diagnostics and an error, and sets exit code 1. */
export async function reportEmptySide(
  inputs: readonly string[], sides: readonly Side[], options: ReportOptions, terminal: Terminal,
): Promise<boolean> {
  const empty = inputs.find((_input, index) => listSets(sides[index]).length === 0)
  if (empty === undefined) return false
  await reportDiagnostics(sides.flatMap((side) => side.diagnostics), sides.flatMap((side) => side.files), options, terminal, 'reads')
  terminal.printMessage(`${terminal.palette.error('error')}: no mapping set found in ${empty}\n`)
  process.exitCode = exitCode.inputErrors
  return true
}

/** Titles of sets, in one line: "AWS 12/12/2024 and Enterprise ATT&CK 16.1, Azure and …". */
export function listTitles(sets: readonly ResolvedSet[]): string {
  return sets.map(setTitle).join(', ')
}
