import { isRecord } from '../model/stated.js'
import { findNearest, RequestError, type RequestMistake } from './request-error.js'

/** Checks a value of a request. `at`: where it is, for messages. Throws RequestError. */
export type Check = (value: unknown, at: string) => void

/** Text that is not blank. */
export const text: Check = (value, at) => {
  if (typeof value !== 'string') throw wrongType(value, at, 'text')
  if (value.trim() === '') throw new RequestError({ code: 'wrong-value', at, problem: 'the text is empty' })
}

/** `true` or `false`. */
export const flag: Check = (value, at) => {
  if (typeof value !== 'boolean') throw wrongType(value, at, 'true or false')
}

/** A function. */
export const callable: Check = (value, at) => {
  if (typeof value !== 'function') throw wrongType(value, at, 'a function')
}

/** A number within limits, both included. */
export function number({ min = -Infinity, max = Infinity, whole = false } = {}): Check {
  return (value, at) => {
    if (typeof value !== 'number' || Number.isNaN(value)) throw wrongType(value, at, 'a number')
    if (value >= min && value <= max && Number.isFinite(value) && (!whole || Number.isInteger(value))) return
    const range = [...(min > -Infinity ? [`from ${min}`] : []), ...(max < Infinity ? [`to ${max}`] : [])].join(' ')
    const problem = `${value} is not a ${whole ? 'whole' : 'finite'} number${range === '' ? '' : ` ${range}`}`
    throw new RequestError({ code: 'wrong-value', at, problem })
  }
}

/** A date that exists: 2024-02-29, but not 2023-02-29. */
export const date: Check = (value, at) => {
  if (typeof value !== 'string') throw wrongType(value, at, 'a date as text, such as "2024-12-31"')
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined
  if (time && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value)) return
  throw new RequestError({ code: 'wrong-value', at, problem: `"${value.slice(0, 40)}" is not a date such as 2024-12-31` })
}

/** An ATT&CK release number: "18.1", "18" or "v18.1". */
export const version: Check = (value, at) => {
  if (typeof value !== 'string') throw wrongType(value, at, 'a release number as text, such as "18.1"')
  if (/^v?\d{1,3}(?:\.\d{1,3})?$/.test(value)) return
  throw new RequestError({ code: 'wrong-value', at, problem: `"${value.slice(0, 40)}" is not an ATT&CK release such as 18.1` })
}

/** One of some words. `noun`: what they are, in the message. */
export function oneOf(noun: string, allowed: readonly string[], code: RequestMistake = 'unknown-value'): Check {
  return (value, at) => {
    if (typeof value !== 'string') throw wrongType(value, at, `the ${noun} as text`)
    if (!allowed.includes(value)) throw unknown({ code, at, noun, word: value, allowed })
  }
}

/** A list of values. */
export function listOf(check: Check): Check {
  return (value, at) => {
    if (!Array.isArray(value)) throw wrongType(value, at, 'a list')
    // Not `forEach`, which skips holes.
    for (let index = 0; index < value.length; index += 1) check(value[index], `${at}[${index}]`)
  }
}

/** An object with any keys, and values of one kind. */
export function recordOf(check: Check): Check {
  return (value, at) => {
    if (!isRecord(value)) throw wrongType(value, at, 'an object')
    for (const [key, inner] of Object.entries(value)) check(inner, `${at}.${key}`)
  }
}

/** An object that has functions of these names, such as a host. */
export function objectWith(noun: string, functions: readonly string[]): Check {
  return (value, at) => {
    const missing = functions.find((name) => !isRecord(value) || typeof value[name] !== 'function')
    if (missing !== undefined) throw wrongType(value, at, `${noun}, which has a function ${missing}`)
  }
}

/** How the fields of an object are called in messages, and the code for one that is unknown. */
interface ShapeWords {
  readonly noun: string
  readonly code: RequestMistake
}

/** An object with these fields and no others. A field that is undefined counts as absent. */
export function shape(
  fields: Readonly<Record<string, Check>>, required: readonly string[] = [], { noun, code }: ShapeWords = { noun: 'field', code: 'unknown-field' },
): Check {
  return (value, at) => {
    if (!isRecord(value)) throw wrongType(value, at, 'an object')
    for (const [key, inner] of Object.entries(value)) {
      const check = Object.hasOwn(fields, key) ? fields[key] : undefined
      if (!check) throw unknown({ code, at: below(at, key), noun, word: key, allowed: Object.keys(fields) })
      if (inner !== undefined) check(inner, below(at, key))
    }
    const missing = required.find((key) => value[key] === undefined)
    if (missing !== undefined) throw new RequestError({ code: 'missing-field', at: below(at, missing), problem: `the ${noun} is missing` })
  }
}

/** The place of a field of a request: requests themselves have no name. */
function below(at: string, key: string): string {
  return at === 'request' ? key : `${at}.${key}`
}

interface UnknownWord {
  readonly code: RequestMistake
  readonly at: string
  readonly noun: string
  readonly word: string
  readonly allowed: readonly string[]
}

function unknown({ code, at, noun, word, allowed }: UnknownWord): RequestError {
  const suggestion = findNearest(word, allowed)
  const problem = `unknown ${noun} "${word.slice(0, 100)}"${allowed.length === 0 ? `; there is no ${noun} here` : ''}`
  return new RequestError({ code, at, problem, allowed, ...(suggestion !== undefined && { suggestion }) })
}

/** The mistake of a value that is of another type than expected. */
export function wrongType(value: unknown, at: string, expected: string): RequestError {
  return new RequestError({ code: 'wrong-type', at, problem: `expected ${expected}, found ${describeType(value)}` })
}

function describeType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Uint8Array) return 'bytes'
  const names = { string: 'text', number: 'a number', boolean: 'true or false', object: 'an object', function: 'a function', undefined: 'nothing' }
  const type = typeof value
  return type === 'bigint' || type === 'symbol' ? `a ${type}` : names[type]
}
