import { InvalidArgumentError, type Command, type Option } from 'commander'
import { UsageError } from '../usage-error.js'
import { readConfig, type ConfigValue } from './read-config.js'

/** Where settings are looked for when `--config` names no file. */
const defaultFile = 'crosswalk.config.yaml'

/** What the configuration says that is no option. */
export interface Configured {
  readonly inputs?: readonly string[]
}

/** Sets every option that the configuration names and the command line does not. */
export async function applyConfig(command: Command): Promise<Configured> {
  const asked: unknown = command.getOptionValue('config')
  const file = typeof asked === 'string' ? asked : defaultFile
  const config = await readConfig(file, asked !== undefined)
  if (!config) return {}
  const { input, ...settings } = config
  for (const [key, value] of Object.entries(settings)) applySetting(command, file, key, value)
  return input === undefined ? {} : { inputs: Array.isArray(input) ? input.map(String) : [typedText(input)] }
}

function applySetting(command: Command, file: string, key: string, value: ConfigValue): void {
  const option = command.options.find((one) => one.long === `--${key}` || one.long === `--no-${key}`)
  if (!option) throw new UsageError(`${file}: ${key} is no setting of crosswalk ${command.name()}`)
  const name = option.attributeName()
  const source = command.getOptionValueSource(name)
  if (source !== undefined && source !== 'default') return
  command.setOptionValueWithSource(name, parseSetting(option, file, key, value), 'config')
}

/** A setting as it would be typed: lists with commas, tables as KEY=VALUE. */
function typedText(value: ConfigValue): string {
  if (typeof value !== 'object') return String(value)
  return Array.isArray(value) ? value.join(',') : Object.entries(value).map(([key, inner]) => `${key}=${inner}`).join(',')
}

/** What the option would make of the value if it were typed. */
function parseSetting(option: Option, file: string, key: string, value: ConfigValue): unknown {
  if (typeof value === 'boolean' || !option.parseArg) return option.variadic && typeof value === 'string' ? [value] : value
  try {
    return option.parseArg<unknown>(typedText(value), undefined)
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw new UsageError(`${file}: ${key}: ${error.message}`)
    throw error
  }
}
