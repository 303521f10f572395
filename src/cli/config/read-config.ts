import type { ErrorObject } from 'ajv'
import { schemaErrors } from '../../schemas.js'
import { findNearest } from '../find-nearest.js'
import { readGivenFile } from '../read-given-file.js'
import { UsageError } from '../usage-error.js'

export type ConfigValue = string | number | boolean | readonly string[] | Readonly<Record<string, string>>

const largest = 1_000_000

/** The settings of a configuration file (schemas/config.schema.json); undefined where there is no file and none is `required`. */
export async function readConfig(file: string, required: boolean): Promise<Readonly<Record<string, ConfigValue>> | undefined> {
  const { fileExists } = await import('../../io/file-exists.js')
  if (!required && !(await fileExists(file))) return undefined
  const { bytes } = await readGivenFile('--config', file, largest)
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
    return `there is no setting "${unknown}"${nearest === undefined ? '' : `. Did you mean "${nearest}"?`}`
  }
  const allowed: unknown = error.params['allowedValues']
  const values = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''
  // A version such as 16.1 is a number to YAML, and 16.10 would lose its last digit.
  const quotes = error.keyword === 'type' && typeof error.data === 'number' ? '; put it in quotes' : ''
  return `${key === '' ? 'the settings' : key} ${error.message ?? 'are wrong'}${values}${quotes}`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The schema has judged it by then; an empty file is no object. */
function isConfig(value: unknown): value is Readonly<Record<string, ConfigValue>> {
  return isRecord(value)
}
