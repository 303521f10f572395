import { type Command, InvalidArgumentError, Option } from 'commander'
import { countNoun } from '../diagnostics/counts-in-words.js'
import type { Emitter } from '../emitters/emitter.js'
import { type EmitterId, emitters } from '../emitters/registry.js'
import type { ManifestArtifact } from '../pipeline/manifest.js'
import type { ConvertReport, ConvertRequest, UnderstandRequest } from '../pipeline/requests.js'
import { listGivenOptions } from './emitter-options.js'
import { describeUnknown } from './find-nearest.js'
import { describeCounts, formatSize, renderTable } from './render-table.js'
import type { Terminal } from './terminal.js'

/** The values of the options that say what is written, and where. */
export interface WritingOptions {
  readonly output: string
  readonly to: readonly EmitterId[]
  readonly combine?: boolean
  readonly created?: string
  readonly dryRun?: boolean
}

const usualEmitters = ['stix', 'navigator', 'csv', 'xlsx']

/** Adds the options that say what is written, and where: below `folder` unless the user says otherwise. */
export function addWritingOptions(command: Command, folder: string): Command {
  return command
    .option('-o, --output <dir>', 'the folder to write to', folder)
    .addOption(new Option('-t, --to <list>', 'formats to write, comma-separated, or "all"; see `crosswalk formats`')
      .argParser(parseEmitterIds).default(availableEmitters(usualEmitters), usualEmitters.join(',')))
    .option('--combine', 'beside the artifacts of each mapping set, one of each for all sets together')
    .addOption(new Option('--created <date>', 'the creation date of sets whose documents state none (2024-12-31)')
      .argParser(parseDate))
    .option('--dry-run', 'do everything but write')
}

/** What to read and to write, from the command line. */
export function toConvertRequest(
  reading: UnderstandRequest, command: Command, { to, combine, created }: WritingOptions,
): ConvertRequest {
  return {
    ...reading,
    emitters: to,
    options: Object.fromEntries(listGivenOptions(command).map(({ name, value }) => [name, value])),
    combine: combine ?? false,
    ...(created !== undefined && { created }),
  }
}

/** An option of a format that is not written does nothing: said, since it is likely a mistake. */
export function warnOfIdleOptions(command: Command, chosen: readonly string[], terminal: Terminal): void {
  for (const { flag, source, emitters: owners } of listGivenOptions(command)) {
    if (source === 'cli' && !owners.some((owner) => chosen.includes(owner))) {
      terminal.printMessage(`${terminal.palette.warning('warning')}: ${flag} does nothing without --to ${owners.join(' or ')}\n`)
    }
  }
}

function parseEmitterIds(text: string, previous: readonly EmitterId[] | undefined): readonly EmitterId[] {
  const known = emitters.map(({ id }) => id)
  const words = text.split(',').map((word) => word.trim()).filter((word) => word !== '')
  if (words.length === 0) throw new InvalidArgumentError(`There are: ${known.join(', ')}, all.`)
  const unknown = words.find((word) => word !== 'all' && !known.some((id) => id === word))
  if (unknown !== undefined) throw new InvalidArgumentError(describeUnknown('format', unknown, [...known, 'all']))
  // Commander hands over the default as the previous value: that one is replaced, not added to.
  const asked = new Set([...words, ...(previous?.join() === availableEmitters(usualEmitters).join() ? [] : previous ?? [])])
  return emitters.filter(({ id, onlyWhenNamed }: Emitter<EmitterId>) => asked.has(id) || (asked.has('all') && onlyWhenNamed !== true))
    .map(({ id }) => id)
}

function availableEmitters(ids: readonly string[]): readonly EmitterId[] {
  return emitters.map(({ id }) => id).filter((id) => ids.includes(id))
}

function parseDate(text: string): string {
  if (!isDate(text)) throw new InvalidArgumentError('It is a date of the calendar, such as 2024-12-31.')
  return text
}

/** Whether text is a date of the calendar as ISO 8601 writes it: 2024-02-29 is, 2023-02-29 is not. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
}

/** The artifacts that were written below a folder, a line each. */
export function renderArtifacts(artifacts: readonly ManifestArtifact[], { output }: Pick<WritingOptions, 'output'>): string {
  const folder = output.endsWith('/') ? output : `${output}/`
  const rows = artifacts.map(({ name, size, emitter, counts }) =>
    [`${folder}${name}`, emitter, formatSize(size), describeCounts(counts)])
  return renderTable(rows, new Set([2]))
}

/** "2 documents, 1 mapping set, 4 artifacts written to output". */
export function summariseRun(
  { documents, sets, artifacts }: Pick<ConvertReport, 'documents' | 'sets' | 'artifacts'>,
  { output, dryRun }: Pick<WritingOptions, 'output' | 'dryRun'>,
): string {
  const written = dryRun === true ? `would be written to ${output} (dry run)` : `written to ${output}`
  const made = [
    countNoun(documents.length, 'document'),
    countNoun(sets.length, 'mapping set'),
    countNoun(artifacts.length, 'artifact'),
  ]
  return `${made.join(', ')} ${written}\n`
}
