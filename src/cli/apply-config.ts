import type { ErrorObject } from 'ajv'
import { type Command, InvalidArgumentError, type Option } from 'commander'
import { isRecord } from '../model/stated.js'
import { schemaErrors } from '../schemas/schema-errors.js'
import { findNearest } from '../library/request-error.js'
import { readGivenFile } from './reading.js'
import { UsageError } from './usage.js'

/** Configuration file used without `--config`, if it exists. */
const defaultFile = 'crosswalk.config.yaml'

/** Settings of the configuration that are not options. */
interface Configured {
  readonly inputs?: readonly string[]
}

/** Sets the options of a command from the configuration file; the command line wins. Throws UsageError for an invalid file. */
export async function applyConfig(command: Command): Promise<Configured> {
  const requested: unknown = command.getOptionValue('config')
  const file = typeof requested === 'string' ? requested : defaultFile
  const config = await readConfig(file, requested !== undefined)
  if (!config) return {}
  const { input, ...settings } = config
  for (const [key, value] of Object.entries(settings)) applySetting(command, file, key, value)
  return input === undefined ? {} : { inputs: Array.isArray(input) ? input.map(String) : [typedText(input)] }
}

function applySetting(command: Command, file: string, key: string, value: ConfigValue): void {
  const option = command.options.find((one) => one.long === `--${key}` || one.long === `--no-${key}`)
  if (!option) throw new UsageError(`${file}: "${key}" is not a setting of crosswalk ${command.name()}`)
  const name = option.attributeName()
  const source = command.getOptionValueSource(name)
  if (source !== undefined && source !== 'default') return
  command.setOptionValueWithSource(name, parseSetting(option, file, key, value), 'config')
}

/** A setting as on the command line: lists separated by commas, objects as KEY=VALUE. */
function typedText(value: ConfigValue): string {
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.join(',')
  return Object.entries(value).flatMap(([key, inner]) => (
    (typeof inner === 'object' ? inner : [inner]).map((one) => `${key}=${quoted(String(one))}`)
  )).join(',')
}

/** A text with commas or quotes, in double quotes, as `--columns` takes it. */
function quoted(text: string): string {
  return /[",]|^'/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Parses a setting as the option parses its argument. */
function parseSetting(option: Option, file: string, key: string, value: ConfigValue): unknown {
  if (typeof value === 'boolean' || !option.parseArg) return option.variadic && typeof value === 'string' ? [value] : value
  try {
    return option.parseArg<unknown>(typedText(value), undefined)
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw new UsageError(`${file}: ${key}: ${error.message}`)
    throw error
  }
}

type ConfigValue = string | number | boolean | readonly string[] | Readonly<Record<string, string | number | readonly string[]>>

const maxBytes = 1_000_000

/** Reads a configuration file (schemas/config.schema.json); undefined if it does not exist and is not `required`. */
async function readConfig(file: string, required: boolean): Promise<Readonly<Record<string, ConfigValue>> | undefined> {
  const { fileExists } = await import('../io/files.js')
  if (!required && !(await fileExists(file))) return undefined
  const { bytes } = await readGivenFile('--config', file, maxBytes)
  const { parseDocument, LineCounter } = await import('yaml')
  const lineCounter = new LineCounter()
  const document = parseDocument(new TextDecoder().decode(bytes), { lineCounter, uniqueKeys: true })
  const [malformed] = document.errors
  if (malformed) throw new UsageError(`${file}: ${malformed.message}`)
  const value: unknown = document.toJS({ maxAliasCount: 10 })
  const [error] = await schemaErrors('config', value)
  if (error) throw new UsageError(`${file}${lineOf(error)}: ${describeError(error)}`)
  return isConfig(value) ? value : {}

  function lineOf({ instancePath, params }: ErrorObject): string {
    const path = instancePath.split('/').slice(1)
    const unknown: unknown = params['additionalProperty']
    const node: unknown = document.getIn(typeof unknown === 'string' ? [...path, unknown] : path, true)
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined
    const [offset]: unknown[] = Array.isArray(range) ? range : []
    return typeof offset === 'number' ? `:${lineCounter.linePos(offset).line}` : ''
  }
}

function describeError(error: ErrorObject): string {
  const key = error.instancePath.split('/').slice(1).join(' ')
  const unknown: unknown = error.params['additionalProperty']
  if (typeof unknown === 'string') {
    const known: unknown = error.parentSchema?.['properties']
    const nearest = findNearest(unknown, isRecord(known) ? Object.keys(known) : [])
    return `unknown setting "${unknown}"${nearest === undefined ? '' : `. Did you mean "${nearest}"?`}`
  }
  const allowed: unknown = error.params['allowedValues']
  const values = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''
  // YAML reads a version such as 16.1 as a number, and 16.10 would lose its last digit.
  const quotes = error.keyword === 'type' && typeof error.data === 'number' ? '; put the value in quotes' : ''
  return `${key === '' ? 'the settings' : key} ${error.message ?? 'are invalid'}${values}${quotes}`
}

/** Used after validation with the schema: only an empty file is not an object. */
function isConfig(value: unknown): value is Readonly<Record<string, ConfigValue>> {
  return isRecord(value)
}
