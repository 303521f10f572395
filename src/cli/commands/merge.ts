import { Command } from 'commander'
import { createDiskHost } from '../../io/disk-host.js'
import { isSameFolder, openShardFolder } from '../../io/shard-folders.js'
import { mergeShards } from '../../pipeline/merge-shards.js'
import { addReportOptions, chooseExitCode, reportDiagnostics, type ReportOptions } from '../report-diagnostics.js'
import { describeMerge, renderArtifacts } from '../run-summary.js'
import { openTerminal } from '../terminal.js'
import { UsageError, withExamples } from '../usage.js'

interface MergeOptions extends ReportOptions {
  readonly output: string
  readonly prune?: boolean
  readonly overwrite?: boolean
  readonly dryRun?: boolean
}

/** `crosswalk merge`: unites the outputs of shards. */
export function mergeCommand(): Command {
  const command = new Command('merge')
    .description('Unites the outputs of all shards of one conversion (`convert --shard`) in one folder: byte for byte what the conversion '
      + 'without shards would have written. Checks first that the shards belong together and are as their manifests list them; '
      + 'otherwise nothing is written.')
    .argument('<DIR...>', 'the output folders of all shards, in any order')
    .option('-o, --output <folder>', 'output folder', 'output')
    .option('--prune', 'also remove artifacts of earlier runs whose documents are not in this run')
    .option('--overwrite', 'also overwrite files of the output folder that no earlier run wrote, or that were changed since')
    .option('--dry-run', 'do everything except writing files')
  addReportOptions(command)
  withExamples(command, [
    'crosswalk merge shards/* --output results',
    'crosswalk merge shard-1 shard-2 shard-3 --output results --dry-run',
  ])
  return command.action(async (folders: readonly string[]) => runMerge(folders, command.opts<MergeOptions>()))
}

async function runMerge(folders: readonly string[], options: MergeOptions): Promise<void> {
  const { output, prune = false, overwrite = false, dryRun = false, quiet = false, verbose = false } = options
  const terminal = openTerminal(options)
  for (const folder of folders) {
    if (await isSameFolder(folder, output)) throw new UsageError(`--output ${output} is one of the shards: name another folder`)
  }
  const shards = await Promise.all(folders.map(openShardFolder))
  const host = createDiskHost({ output, dryRun, overwrite, extensions: [], ...(terminal.progress && { progress: terminal.progress.show }) })
  const { artifacts, diagnostics } = await mergeShards(shards, prune, host)
  terminal.progress?.clear()
  if (!quiet) {
    if (verbose) terminal.printResult(renderArtifacts(artifacts, output))
    terminal.printResult(describeMerge({ shards: folders.length, artifacts, output, dryRun }))
  }
  await reportDiagnostics(diagnostics, [], options, terminal)
  process.exitCode = chooseExitCode(diagnostics, options.failOn)
}
