import type { Report } from '../../diagnostics/diagnostic.js'
import { decodeStrictly } from '../decode-characters.js'
import { type DocumentFile, isList, isObject, type TreeDocument, type TreeValue } from '../decoded.js'
import { type Excess, findExcess, type Limits } from '../limits.js'
import { listPosition, placeFinder, placeLocator, pointerStep, type Position, positionFinder, reportDuplicates, shiftPosition } from '../places.js'
import { parseValue } from './decode-json.js'
import { repeatedNames } from './repeated-names.js'
import { createPartOpener, findPart, parseItems, surveyPart } from './list-parts.js'
import { scanJson } from './scan-json.js'
import { createTextSharer } from './share-texts.js'
import { type SplitJson, splitJson, type SplitSizes } from './split-json.js'
import { surveyJson } from './survey-json.js'

/** How large documents are read. */
export interface LargeReading {
  /** Names of the lists that may be read item by item. */
  readonly lists: ReadonlySet<string>
  /** Keeps the items in the tree of the document, which is then like any other, but takes no memory for its text. */
  readonly keep?: boolean
  /** Whether to go on, by the document without the items of its list, and the list's name. */
  readonly accepts: (document: TreeDocument, list: string) => boolean
  readonly limits: Limits
  /** Called with what exceeds a limit, where reading the document as a whole would find the same. */
  readonly refuse?: ((excess: Excess) => void) | undefined
  /** Called before each step, of which none takes long; throws to end the reading. */
  readonly check?: (() => void) | undefined
  readonly sizes?: SplitSizes | undefined
}

const usualSizes: SplitSizes = { part: 1 << 17, most: 1 << 20, rest: 1 << 20 }

/**
 * Opens a JSON document in UTF-8 whose long list is parsed part by part (`TreeDocument.longList`), so that neither its text nor its tree is
 * ever in memory. All is parsed once before, which says that it is well-formed and within the limits. Undefined if it is not, if it has no
 * such list, or an item is large: whoever reads it as a whole then says what is wrong. Only repeated names are reported (`read/duplicate-name`).
 */
export function openLargeJson(
  file: DocumentFile, { lists, accepts, limits, check, refuse, keep = false, sizes = usualSizes }: LargeReading, report: Report,
): TreeDocument | undefined {
  const split = splitJson(file.bytes, lists, sizes)
  const shell = split && openShell(file, split, limits)
  if (!shell || !accepts(shell.document, split.name)) return undefined
  const { parts, length } = split
  const openPart = createPartOpener(file.bytes, check)
  const starts = new Uint32Array(length)
  const duplicates = [...shell.duplicates]
  const kept: TreeValue[] = []
  const shareTexts = createTextSharer()
  const counts = { values: shell.values, keys: shell.members, 'cell-characters': shell.longest }
  for (const part of parts) {
    const opened = openPart(part)
    const survey = opened && surveyPart(opened, part, limits)
    if (!survey) return undefined
    starts.set(survey.starts, part.first)
    if (keep) for (const item of survey.value) kept.push(shareTexts(item))
    for (const { at, key } of survey.duplicates) duplicates.push({ ...opened.positionOf(at), key })
    counts.values += survey.values
    counts.keys += survey.members
    counts['cell-characters'] = Math.max(counts['cell-characters'], survey.longest)
    if (counts.values > limits.values || (!refuse && findExcess(counts, limits))) break
  }
  // As a whole, too, all is counted before anything is too much, but values only up to the first that is.
  const excess = findExcess({ ...counts, values: Math.min(counts.values, limits.values + 1) }, limits)
  if (excess && (excess.limit === 'values' || counts.values <= limits.values)) refuse?.(excess)
  if (excess) return undefined
  reportPlaced(duplicates, file, report)

  const pointer = pointerStep(split.name)
  if (keep) return { ...shell.document, value: { ...shell.value, [split.name]: kept }, locate }
  return { ...shell.document, longList: { pointer, length, items: listItems }, locate }

  function* listItems(): Generator<TreeValue> {
    for (const part of parts) yield* parseItems(openPart(part)?.text ?? '') ?? []
  }

  function locate(at: string, nth?: number): Position | undefined {
    const wanted = nth === undefined ? at : `${at}/${nth}`
    if (!wanted.startsWith(`${pointer}/`)) return shell?.document.locate(wanted)
    const below = wanted.indexOf('/', pointer.length + 1)
    const item = listPosition(wanted.slice(pointer.length + 1, below < 0 ? undefined : below))
    const part = item < 0 || item >= length ? undefined : findPart(parts, item)
    const opened = part && openPart(part)
    const start = starts[item]
    if (!opened || start === undefined) return undefined
    const offset = below < 0 ? start : placeFinder(scanJson(opened.text, limits.depth, start).root ?? 0)(wanted.slice(below))
    return offset === undefined ? undefined : opened.positionOf(offset)
  }
}

/** A repeated name, and the position of its later value. */
interface PlacedDuplicate extends Position {
  readonly key: string
}

function reportPlaced(duplicates: readonly PlacedDuplicate[], file: DocumentFile, report: Report): void {
  const inOrder = duplicates.toSorted((a, b) => a.line - b.line || a.column - b.column)
  const positionOf = (at: number): Position => ({ line: inOrder[at]?.line ?? 1, column: inOrder[at]?.column ?? 1 })
  reportDuplicates(inOrder.map(({ key }, at) => ({ at, key })), positionOf, file, report)
}

/** The document with its list empty, and what is counted in it. Undefined if it is malformed or nests too deep. */
function openShell(file: DocumentFile, { name, start, open, close }: SplitJson, limits: Limits) {
  const before = decodeStrictly(file.bytes.subarray(start, open))
  const after = decodeStrictly(file.bytes.subarray(close.at))
  if (before === undefined || after === undefined) return undefined
  const text = before + after
  const survey = surveyJson(text)
  const value = survey.depth > limits.depth ? undefined : parseValue(text)
  // Of two members of one name, the other may be the one that counts.
  if (!isObject(value) || !isList(value[name]) || Object.keys(value).length !== survey.root?.keys?.length) return undefined
  const [inBefore, inAfter] = [positionFinder(before), positionFinder(after)]
  const positionOf = (offset: number): Position =>
    (offset < before.length ? inBefore(offset) : shiftPosition(inAfter(offset - before.length), close))
  const duplicates = repeatedNames(value, survey, text, limits.depth)
  const document: TreeDocument = {
    container: 'json',
    file,
    value,
    locate: placeLocator(() => survey.root ?? 0, positionOf, (at) => scanJson(text, limits.depth, at).root),
  }
  return { ...survey, value, document, duplicates: duplicates.map(({ at, key }): PlacedDuplicate => ({ ...positionOf(at), key })) }
}
