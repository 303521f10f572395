import { createCode, describeCodes, type PrefixCode } from './huffman.js'

export const longestMatch = 258
export const longestDistance = 1 << 15

/** A byte as it is, as an item of a block. */
export function literal(byte: number): number {
  return byte << kindShift
}

/** A repetition of `length` bytes (3 to 258) from `distance` bytes before (1 to 32,768), as an item of a block. */
export function match(length: number, distance: number): number {
  return ((firstLength + length) << kindShift) | (distance - 1)
}

/** The kinds of items: bytes, then lengths. */
const kindShift = 15
const firstLength = 256
const kindCount = firstLength + longestMatch + 1
const distanceMask = longestDistance - 1

/** Symbols of deflate (RFC 1951, section 3.2.5): bytes, the end of a block, classes of lengths; and classes of distances. */
const endOfBlock = 256
const literalSymbols = 286
const distanceSymbols = 30

/** A class of lengths or distances: its symbol, the first of them, and how many bits tell them apart. */
interface ValueClass {
  readonly symbol: number
  readonly first: number
  readonly width: number
}

/** Of each kind of item, the symbol; if it is a length, which one of its class, and the bits that say so. */
const kinds = createKinds()

function createKinds() {
  const all = { symbols: new Uint16Array(kindCount), more: new Uint8Array(kindCount), widths: new Uint8Array(kindCount) }
  for (let byte = 0; byte < firstLength; byte++) all.symbols[byte] = byte
  // A length of 258 has a symbol of its own, although the class before it has room for it.
  const own: ValueClass = { symbol: literalSymbols - 1, first: longestMatch, width: 0 }
  for (const { symbol, first, width } of [...createClasses(endOfBlock + 1, 28, 3, 4), own]) {
    for (let more = 0; more < 1 << width; more++) {
      const kind = firstLength + first + more
      all.symbols[kind] = symbol
      all.more[kind] = more
      all.widths[kind] = width
    }
  }
  return all
}

/** Classes of `count` symbols: the first `2 * step` have one value each, then `step` classes at a time are twice as large. */
function createClasses(symbol: number, count: number, first: number, step: 2 | 4): readonly ValueClass[] {
  let next = first
  return Array.from({ length: count }, (_, index) => {
    const found = { symbol: symbol + index, first: next, width: Math.max(0, Math.floor(index / step) - 1) }
    next += 1 << found.width
    return found
  })
}

const distanceClasses = createClasses(0, distanceSymbols, 0, 2)
/** Of each distance less 1 the class. */
const classOfDistance = new Uint8Array(longestDistance)
for (const { symbol, first, width } of distanceClasses) classOfDistance.fill(symbol, first, first + (1 << width))

const firstDistances = Int32Array.from(distanceClasses, ({ first }) => first)
const distanceWidths = Uint8Array.from(distanceClasses, ({ width }) => width)

/** Codes of bytes and lengths are so short that one fits in 16 bits together with the bits of the longest class of lengths. */
const longestLiteralCode = 11
const longestDistanceCode = 15

/**
 * Writes the items of a text as blocks, each with the shortest codes for its items. The functions below take it, rather than being made with it:
 * V8 drops the optimised code of functions that are made for each workbook.
 */
export interface BlockWriter {
  readonly emit: (bytes: Uint8Array) => void
  readonly output: Uint8Array
  readonly view: DataView
  /** How often each kind of item occurs in a block, then the bits of each, and how many. */
  readonly kindCounts: Uint32Array
  readonly kindBits: Uint16Array
  readonly kindWidths: Uint8Array
  /** Bits that are no whole byte yet, and how many. */
  pending: number
  held: number
  /** Where the next byte goes. */
  at: number
}

/** Creates the writer of blocks, none of which has more than `most` items. */
export function createBlockWriter(most: number, emit: (bytes: Uint8Array) => void): BlockWriter {
  const output = new Uint8Array(most * mostItemBytes + mostHeaderBytes)
  return {
    emit, output, view: new DataView(output.buffer),
    kindCounts: new Uint32Array(kindCount), kindBits: new Uint16Array(kindCount), kindWidths: new Uint8Array(kindCount),
    pending: 0, held: 0, at: 0,
  }
}

/** Writes the first `count` items as a block. The last block of a text ends with a whole byte. */
export function writeBlock(writer: BlockWriter, items: Int32Array, count: number, isLast: boolean): void {
  const { literals, distances } = createCodes(writer, items, count)
  put(writer, isLast ? 1 : 0, 1)
  put(writer, 2, 2)
  describeCodes(literals, distances, (value, width) => {
    put(writer, value, width)
  })
  spellKinds(writer, literals)
  writeItems(writer, items, count, distances)
  put(writer, literals.bits[endOfBlock] ?? 0, literals.lengths[endOfBlock] ?? 0)
  if (isLast) {
    // Whole bytes of what is held.
    for (; writer.held > 0; writer.held -= 8, writer.pending >>>= 8) writer.output[writer.at++] = writer.pending
    writer.held = 0
    writer.pending = 0
  }
  writer.emit(writer.output.slice(0, writer.at))
  writer.at = 0
}

function createCodes({ kindCounts }: BlockWriter, items: Int32Array, count: number): { readonly literals: PrefixCode; readonly distances: PrefixCode } {
  kindCounts.fill(0)
  const distanceCounts = new Uint32Array(distanceSymbols)
  // Processors do not guess well which items are bytes, so these are counted as if they had the first distance, 0.
  for (let index = 0; index < count; index++) {
    const item = items[index] ?? 0
    const kind = item >> kindShift
    kindCounts[kind] = (kindCounts[kind] ?? 0) + 1
    const symbol = classOfDistance[item & distanceMask] ?? 0
    distanceCounts[symbol] = (distanceCounts[symbol] ?? 0) + 1
  }
  for (let byte = 0; byte < firstLength; byte++) distanceCounts[0] = (distanceCounts[0] ?? 0) - (kindCounts[byte] ?? 0)
  const literalCounts = new Uint32Array(literalSymbols)
  literalCounts[endOfBlock] = 1
  for (let kind = 0; kind < kindCount; kind++) {
    const symbol = kinds.symbols[kind] ?? 0
    literalCounts[symbol] = (literalCounts[symbol] ?? 0) + (kindCounts[kind] ?? 0)
  }
  return { literals: createCode(literalCounts, longestLiteralCode), distances: createCode(distanceCounts, longestDistanceCode) }
}

/** The bits of each kind of item: the code of its symbol, and which length of the class it is. */
function spellKinds({ kindBits, kindWidths }: BlockWriter, { bits, lengths }: PrefixCode): void {
  for (let kind = 0; kind < kindCount; kind++) {
    const symbol = kinds.symbols[kind] ?? 0
    const width = lengths[symbol] ?? 0
    kindBits[kind] = (bits[symbol] ?? 0) | ((kinds.more[kind] ?? 0) << width)
    kindWidths[kind] = width + (kinds.widths[kind] ?? 0)
  }
}

/** Puts items in variables of its own, which is twice as fast as `put`: whole bytes of up to 31 bits, so that at most 7 are held. */
function writeItems(writer: BlockWriter, items: Int32Array, count: number, { bits, lengths }: PrefixCode): void {
  const { view, kindBits, kindWidths } = writer
  let [word, width, end] = [writer.pending, writer.held, writer.at]
  for (let index = 0; index < count; index++) {
    const item = items[index] ?? 0
    const kind = item >> kindShift
    word |= (kindBits[kind] ?? 0) << width
    width += kindWidths[kind] ?? 0
    view.setInt32(end, word, true)
    end += width >> 3
    word >>>= width & 24
    width &= 7
    if (kind < firstLength) continue
    const distance = item & distanceMask
    const symbol = classOfDistance[distance] ?? 0
    word |= (bits[symbol] ?? 0) << width
    width += lengths[symbol] ?? 0
    view.setInt32(end, word, true)
    end += width >> 3
    word >>>= width & 24
    width &= 7
    word |= (distance - (firstDistances[symbol] ?? 0)) << width
    width += distanceWidths[symbol] ?? 0
    view.setInt32(end, word, true)
    end += width >> 3
    word >>>= width & 24
    width &= 7
  }
  writer.pending = word
  writer.held = width
  writer.at = end
}

/** Adds at most 16 bits to at most 15 that are held. */
function put(writer: BlockWriter, value: number, width: number): void {
  writer.pending |= value << writer.held
  writer.held += width
  if (writer.held < 16) return
  writer.output[writer.at] = writer.pending
  writer.output[writer.at + 1] = writer.pending >>> 8
  writer.at += 2
  writer.pending >>>= 16
  writer.held -= 16
}

/** A match is 16 bits at most, and 28 of its distance; of the header, 320 lengths have 14 each. */
const mostItemBytes = 6
const mostHeaderBytes = 1024
