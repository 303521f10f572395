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

/** One of the inputs of a command that takes several apart. */
interface Side {
  readonly understanding: Understanding
  /** Documents are called by their paths: those of two sides may have the same name. */
  readonly files: readonly DocumentFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Understands one input apart from the others. */
export async function understandSide(input: string, options: ReadingOptions, terminal: Terminal): Promise<Side> {
  const understanding = await understand(await toUnderstandRequest([input], options), openHost(options, terminal))
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

/** The mapping sets of an input. */
export function listSets(side: Side | undefined): readonly ResolvedSet[] {
  return side?.understanding.sets.map(({ set }) => set) ?? []
}

/** Whether one of the inputs holds no mapping set; tells so, with all there is to tell of the inputs. Exit code 1. */
export async function reportEmptySide(
  inputs: readonly string[], sides: readonly Side[], options: ReportOptions, terminal: Terminal,
): Promise<boolean> {
  const empty = inputs.find((_input, index) => listSets(sides[index]).length === 0)
  if (empty === undefined) return false
  await reportDiagnostics(sides.flatMap((side) => side.diagnostics), sides.flatMap((side) => side.files), options, terminal)
  terminal.printMessage(`${terminal.palette.error('error')}: ${empty} holds no mapping set\n`)
  process.exitCode = exitCode.inputErrors
  return true
}

/** What sets are, in a sentence: "AWS 12/12/2024 and Enterprise ATT&CK 16.1, Azure and …". */
export function listTitles(sets: readonly ResolvedSet[]): string {
  return sets.map(setTitle).join(', ')
}
