import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Emitter, OptionSpec, OptionValue } from '../emitters/emitter.js'
import { type EmitterId, emitters } from '../emitters/registry.js'
import type { ConvertRequest, UnderstandRequest } from '../pipeline/requests.js'
import { describeUnknown } from '../library/request-error.js'
import type { Terminal } from './terminal.js'

/** Values of the options added by `addWritingOptions`. */
export interface WritingOptions {
  readonly output: string
  readonly to: readonly EmitterId[]
  readonly combine?: boolean
  readonly prune?: boolean
  readonly overwrite?: boolean
  readonly created?: string
  readonly dryRun?: boolean
}

const defaultEmitters = ['stix', 'navigator', 'csv', 'xlsx', 'html']

/** Adds the options for output formats and files. `folder`: the default output folder. */
export function addWritingOptions(command: Command, folder: string): Command {
  return command
    .option('-o, --output <path>', folder === 'output' ? 'output folder; or a file, such as report.html, or - for standard output, '
      + 'where one artifact is made' : 'output folder', folder)
    .addOption(new Option('-t, --to <list>', 'output formats, comma-separated, or "all" (without png); see `crosswalk formats`')
      .argParser(parseEmitterIds).default(availableEmitters(defaultEmitters), defaultEmitters.join(',')))
    .option('--combine', 'also write one artifact per format for all mapping sets together')
    .addOption(new Option('--created <date>', 'creation date for mapping sets whose documents state none, such as 2024-12-31')
      .argParser(parseDate))
    .option('--prune', 'also remove artifacts of earlier runs whose documents are not in this run')
    .option('--overwrite', 'also overwrite files of the output folder that no earlier run wrote, or that were changed since')
    .option('--dry-run', 'do everything except writing files')
}

/** Creates the request for a conversion from the command line. */
export function toConvertRequest(
  reading: UnderstandRequest, command: Command, { to, combine, prune, created }: WritingOptions,
): ConvertRequest {
  return {
    ...reading,
    emitters: to,
    options: Object.fromEntries(listGivenOptions(command).map(({ name, value }) => [name, value])),
    combine: combine ?? false,
    prune: prune ?? false,
    ...(created !== undefined && { created }),
  }
}

/** Warns about options of formats that are not written: probably a mistake. */
export function warnOfUnusedOptions(command: Command, chosen: readonly string[], terminal: Terminal): void {
  for (const { flag, source, emitters: owners } of listGivenOptions(command)) {
    if (source === 'cli' && !owners.some((owner) => chosen.includes(owner))) {
      terminal.printMessage(`${terminal.palette.warning('warning')}: ${flag} has no effect without --to ${owners.join(' or ')}\n`)
    }
  }
}

function parseEmitterIds(text: string, previous: readonly EmitterId[] | undefined): readonly EmitterId[] {
  const known = emitters.map(({ id }) => id)
  const words = text.split(',').map((word) => word.trim()).filter((word) => word !== '')
  if (words.length === 0) throw new InvalidArgumentError(`Available: ${known.join(', ')}, all.`)
  const unknown = words.find((word) => word !== 'all' && !known.some((id) => id === word))
  if (unknown !== undefined) throw new InvalidArgumentError(describeUnknown('format', unknown, [...known, 'all']))
  // Commander passes the default as the previous value: it is replaced, not extended.
  const requested = new Set([...words, ...(previous?.join() === availableEmitters(defaultEmitters).join() ? [] : previous ?? [])])
  return emitters
    .filter(({ id, onlyWhenNamed }: Emitter<EmitterId>) => requested.has(id) || (requested.has('all') && onlyWhenNamed !== true))
    .map(({ id }) => id)
}

function availableEmitters(ids: readonly string[]): readonly EmitterId[] {
  return emitters.map(({ id }) => id).filter((id) => ids.includes(id))
}

function parseDate(text: string): string {
  if (!isDate(text)) throw new InvalidArgumentError('Expected a date, such as 2024-12-31.')
  return text
}

/** Whether text is an ISO 8601 date that exists: 2024-02-29, but not 2023-02-29. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
}

/** An option of one or more emitters. Options with the same name are one option. */
interface EmitterOption {
  readonly name: string
  /** "--layer-by", or "--no-…" for a switch that is on by default. */
  readonly flag: string
  readonly spec: OptionSpec
  /** Ids of the emitters with this option. */
  readonly emitters: readonly string[]
}

/** Options of all emitters, each once, in the order of the registry. */
export function listEmitterOptions(): readonly EmitterOption[] {
  const options = new Map<string, EmitterOption>()
  for (const emitter of emitters as readonly Emitter[]) {
    for (const [name, spec] of Object.entries(emitter.options)) {
      options.set(name, { name, flag: flagOf(name, spec), spec, emitters: [...(options.get(name)?.emitters ?? []), emitter.id] })
    }
  }
  return [...options.values()]
}

/** Adds the options of all emitters to a command. A switch that is on by default gets the form `--no-…`. */
export function addEmitterOptions(command: Command): Command {
  for (const option of listEmitterOptions()) {
    command.addOption(createOption(option).helpGroup(`Options of ${option.emitters.join(' and ')}:`))
  }
  return command
}

/** An option set on the command line (`source`: "cli") or in the configuration ("config"). */
interface GivenOption extends EmitterOption {
  readonly value: OptionValue
  readonly source: string
}

/** Emitter options that were set, not defaults. */
function listGivenOptions(command: Command): readonly GivenOption[] {
  return listEmitterOptions().flatMap((option) => {
    const key = createOption(option).attributeName()
    const source = command.getOptionValueSource(key) ?? 'default'
    const value: unknown = command.getOptionValue(key)
    return source !== 'default' && isOptionValue(value) ? [{ ...option, value, source }] : []
  })
}

/** Description of an option. A switch that is on by default is described by what its `--no-` form does. */
export function describeOption(spec: OptionSpec): string {
  return spec.kind === 'boolean' && spec.default ? `without ${spec.description}` : spec.description
}

function flagOf(name: string, spec: OptionSpec): string {
  return spec.kind === 'boolean' && spec.default ? `--no-${name}` : `--${name}`
}

function createOption({ flag, spec }: EmitterOption): Option {
  if (spec.kind === 'choice') return new Option(`${flag} <choice>`, spec.description).choices(spec.values).default(spec.default)
  if (spec.kind === 'number') return new Option(`${flag} <number>`, spec.description).argParser(parseNumber).default(spec.default)
  return new Option(flag, describeOption(spec))
}

function parseNumber(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('Expected a number.')
  return number
}

function isOptionValue(value: unknown): value is OptionValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
