import { reportFindings, reportInPlace } from '../analyses/in-place/in-place-report.js'
import { readChoices } from '../analyses/in-place/resolve-ids.js'
import { type UpdatedFile, updateFile } from '../analyses/in-place/update-file.js'
import { loadAttack } from '../attack/load-attack.js'
import { createDiagnosticLog } from '../diagnostics/diagnostic.js'
import { chooseLimits } from '../formats/limits.js'
import { explainFailure } from '../io/files.js'
import { replaceFile } from '../io/write-files.js'
import { createDiskHost } from '../io/disk-host.js'
import { deliverReport } from './deliver-report.js'
import { type ReadingOptions, readAttackSources, toHostLimits } from './reading.js'
import { chooseExitCode, reportDiagnostics, type ReportOptions } from './report-diagnostics.js'
import { openTerminal } from './terminal.js'
import { exitCode, UsageError } from './usage.js'

/** Values of the options of an update in place. */
export interface InPlaceCommandOptions extends ReadingOptions, ReportOptions {
  readonly toAttack: string
  readonly inPlace?: true
  readonly check?: true
  readonly json?: true
  readonly prose?: true
  readonly replace?: readonly string[]
  /** Not used: files are changed where they are. */
  readonly output?: string
}

/** Extensions of the files to update in folders. */
const extensions = ['json', 'jsonl', 'yaml', 'yml', 'csv', 'tsv', 'xlsx', 'xlsm']

/**
 * `crosswalk upgrade --in-place`: replaces technique ids and what is beside them in files, and prints a report. With `--check` nothing is
 * written, and the exit code is 1 if a file would change. A file is replaced whole or not at all; its mode stays. Throws UsageError.
 */
export async function upgradeInPlace(inputs: readonly string[], options: InPlaceCommandOptions): Promise<void> {
  if (inputs.includes('-')) throw new UsageError('--in-place updates files, not standard input')
  const { toAttack, check = false, domain, attackVersion, prose, max, followLinks = false, quiet, json, attack: bundle } = options
  const { output: _output, ...printing } = options
  const terminal = openTerminal(options)
  const log = createDiagnosticLog()
  const attack = await loadAttack(await readAttackSources(bundle), log.report)
  const choices = readChoices(options.replace ?? [], toAttack, attack)
  if ('problem' in choices) throw new UsageError(`--replace ${choices.problem}`)
  const host = createDiskHost({
    output: '', extensions, followLinks, ...toHostLimits(options),
    ...(terminal.progress && { progress: terminal.progress.show }),
  })
  const files = await host.readDocuments(inputs, log.report)
  const updated: UpdatedFile[] = []
  for (const [index, file] of files.entries()) {
    terminal.progress?.show('updating', index, files.length)
    const result = await updateFile(file, attack, {
      to: toAttack, ...choices, withProse: prose === true, limits: chooseLimits(max),
      ...(domain && { domain }), ...(attackVersion !== undefined && { version: attackVersion }),
    }, log.report)
    if (!result) continue
    reportFindings(result, log.report)
    if (result.bytes && !check) await writeBack(file.path, result.bytes)
    updated.push(result)
  }
  terminal.progress?.clear()
  const analysis = reportInPlace(updated, toAttack, check)
  const delivery = quiet === true && json !== true ? []
    : await deliverReport({ analysis }, { ...printing, format: json === true ? 'json' : 'text' }, terminal)
  await reportDiagnostics([...log.entries, ...delivery], files, options, terminal)
  const wouldChange = check && updated.some(({ bytes }) => bytes !== undefined)
  process.exitCode = wouldChange ? exitCode.inputErrors : chooseExitCode([...log.entries, ...delivery], options.failOn)
}

/** Throws UsageError if the file cannot be written. */
async function writeBack(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await replaceFile(file, bytes)
  } catch (error) {
    throw new UsageError(`${file} could not be written: ${explainFailure(error)}`)
  }
}
