import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Emitter, OptionSpec, OptionValue } from '../emitters/emitter.js'
import { emitters } from '../emitters/registry.js'

/** An option of one or more emitters. Options with the same name are one option. */
export interface EmitterOption {
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
export function listGivenOptions(command: Command): readonly GivenOption[] {
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
