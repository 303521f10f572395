import { decodeStrictly } from '../decode-characters.js'
import type { Limits } from '../limits.js'
import { type Duplicate, type Position, positionFinder, shiftPosition } from '../places.js'
import { parseValue } from './decode-json.js'
import { repeatedNames } from './repeated-names.js'
import type { ParsedValue } from './share-texts.js'
import type { JsonPart } from './split-json.js'
import { surveyJson } from './survey-json.js'

/** A part of a list as a list of its own: its text, and the positions of offsets in it. */
export interface OpenPart {
  readonly text: string
  readonly positionOf: (offset: number) => Position
}

/** Opens parts of a document, of which the last is kept, unless it is large: its items are asked for one after the other. Undefined if one is not UTF-8. */
export function createPartOpener(bytes: Uint8Array, check?: () => void): (part: JsonPart) => OpenPart | undefined {
  let last: { readonly part: JsonPart; readonly opened: OpenPart | undefined } | undefined
  return (part) => {
    if (last?.part === part) return last.opened
    check?.()
    const text = decodeList(bytes.subarray(part.at, part.end))
    const opened = text === undefined ? undefined : openText(text, part)
    last = part.end - part.at > mostKept ? undefined : { part, opened }
    return opened
  }
}

/** Bytes of a part that is kept open. */
const mostKept = 1 << 20

function openText(text: string, { line, column }: Position): OpenPart {
  const inText = positionFinder(text)
  return { text, positionOf: (offset) => shiftPosition(inText(offset), { line, column: column - 1 }) }
}

/** The bytes of a list that most parts fit into. */
const usual = new Uint8Array(1 << 18)

/** The text of items as a list. Its brackets are added to the bytes: adding them to the text would make another of the same size. */
function decodeList(items: Uint8Array): string | undefined {
  const length = items.length + 2
  const list = length > usual.length ? new Uint8Array(length) : usual
  list[0] = 0x5b
  list.set(items, 1)
  list[length - 1] = 0x5d
  return decodeStrictly(list.subarray(0, length))
}

/** What a part has, counted without the list, its items, and the offsets at which they start. */
export interface PartSurvey {
  readonly value: readonly ParsedValue[]
  readonly starts: readonly number[]
  readonly values: number
  readonly members: number
  readonly longest: number
  readonly duplicates: readonly Duplicate[]
}

/** Surveys a part that is a list in an object; undefined if it is malformed, nests too deep or has other items than expected. */
export function surveyPart({ text }: OpenPart, { items }: JsonPart, limits: Limits): PartSurvey | undefined {
  const survey = surveyJson(text, limits.values, 1)
  const value = survey.depth + 1 > limits.depth ? undefined : parseItems(text)
  if (value?.length !== items) return undefined
  const starts = survey.root?.items.filter((item) => typeof item === 'number') ?? []
  const duplicates = repeatedNames(value, survey, text, limits.depth)
  return { ...survey, value, starts, values: survey.values - 1, duplicates }
}

/** The items in the text of a part; undefined if it is malformed. */
export function parseItems(text: string): readonly ParsedValue[] | undefined {
  const value = parseValue(text)
  return Array.isArray(value) ? value : undefined
}

/** The part that has an item. */
export function findPart(parts: readonly JsonPart[], item: number): JsonPart | undefined {
  let low = 0
  let high = parts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((parts[middle]?.first ?? 0) <= item) low = middle + 1
    else high = middle
  }
  return parts[low - 1]
}
