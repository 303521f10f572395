import { type BlockWriter, createBlockWriter, literal, longestDistance, longestMatch, match, writeBlock } from './deflate-block.js'

/** Compresses texts one after the other (RFC 1951). */
export interface Deflate {
  /** The last bytes, so many as are `filled`. */
  readonly data: Uint8Array
  readonly view: DataView
  /** Where the next bytes, and longer pieces, were last, by their hashes. */
  readonly places: Int32Array
  readonly keyPlaces: Int32Array
  readonly mostPlaces: number
  /** What the next block will say. */
  readonly items: Int32Array
  readonly blocks: BlockWriter
  /** Places are counted from the start of all texts: what `data` begins with is at `base`. */
  base: number
  filled: number
  /** The number of items. */
  count: number
  lastDistance: number
}

export const mostPushed = 1 << 16

/** As many bytes as are kept: more than matches can reach, since making room for more takes time. */
const kept = longestDistance + 4 * mostPushed

/** A block is written when it has this many items: its codes take about 100 bytes. */
const usualItems = 1 << 14

const tableBits = 15
/** Further back from any place than a match may be. */
const nowhere = -longestDistance - 1
/** The bytes of the shortest match, and those of the long key. */
const shortest = 4
const keyLength = 16
/** Matches of these lengths are taken without looking for a longer one at the second and the third place. */
const [long, longer] = [16, 32] as const

/**
 * Creates a compressor that gives the same bytes in every engine, and whose time is linear in its input, whatever that is: it compares three
 * earlier places at most. The first is as far back as the last match was. The others are the last place of the next four bytes, and that of
 * these together with bytes further on: in a sheet, the last `</v></c>` is in the cell before, but what goes on like this one is in the row above.
 * Places are forgotten when there were `mostPlaces`: they have 32 bits.
 */
export function createDeflate(emit: (bytes: Uint8Array) => void, mostPlaces = 1 << 30): Deflate {
  const data = new Uint8Array(kept + keyLength)
  const items = new Int32Array(usualItems + mostPushed)
  return {
    data, view: new DataView(data.buffer),
    places: new Int32Array(1 << tableBits).fill(nowhere), keyPlaces: new Int32Array(1 << tableBits).fill(nowhere), mostPlaces,
    items, blocks: createBlockWriter(items.length, emit),
    base: 0, filled: 0, count: 0, lastDistance: 0,
  }
}

/** Adds at most `mostPushed` bytes to the text. */
export function pushBytes(deflate: Deflate, bytes: Uint8Array): void {
  if (deflate.filled + bytes.length > kept) moveTo(deflate, deflate.filled - longestDistance)
  deflate.data.set(bytes, deflate.filled)
  deflate.filled += bytes.length
  compress(deflate, deflate.filled - bytes.length)
  if (deflate.count < usualItems) return
  writeBlock(deflate.blocks, deflate.items, deflate.count, false)
  deflate.count = 0
}

/** Ends the text; the next bytes begin another one. */
export function endText(deflate: Deflate): void {
  writeBlock(deflate.blocks, deflate.items, deflate.count, true)
  deflate.count = 0
  deflate.lastDistance = 0
  // No match reaches back to this text.
  deflate.base += longestDistance
  moveTo(deflate, deflate.filled)
}

/** Drops what is before a place in `data`. */
function moveTo(deflate: Deflate, start: number): void {
  deflate.data.copyWithin(0, start, deflate.filled)
  deflate.filled -= start
  deflate.base += start
  if (deflate.base < deflate.mostPlaces) return
  deflate.places.fill(nowhere)
  deflate.keyPlaces.fill(nowhere)
  deflate.base = 0
}

function compress(deflate: Deflate, start: number): void {
  const { view, places, keyPlaces, items, base: origin, filled: end } = deflate
  let [at, next, distance] = [start, deflate.count, deflate.lastDistance]
  // The last bytes have no key: those after them are not known yet.
  for (const stop = end - keyLength; at < stop;) {
    const word = view.getInt32(at, true)
    const hash = Math.imul(word, 0x9e3779b1) >>> (32 - tableBits)
    const key = Math.imul(Math.imul(word, 0x85ebca6b) ^ view.getInt32(at + 8, true) ^ Math.imul(view.getInt32(at + 12, true), 0x9e3779b1), 0xc2b2ae35)
      >>> (32 - tableBits)
    const place = (places[hash] ?? nowhere) - origin
    const keyPlace = (keyPlaces[key] ?? nowhere) - origin
    places[hash] = origin + at
    keyPlaces[key] = origin + at
    const most = Math.min(longestMatch, end - at)
    let length = distance > 0 ? commonLength(view, at - distance, at, shortest - 1, most) : shortest - 1
    if (length < longer && at - keyPlace <= longestDistance) {
      const found = commonLength(view, keyPlace, at, length, most)
      if (found > length) {
        length = found
        distance = at - keyPlace
      }
    }
    if (length < long && at - place <= longestDistance) {
      const found = commonLength(view, place, at, length, most)
      if (found > length) {
        length = found
        distance = at - place
      }
    }
    if (length < shortest) items[next++] = literal(view.getUint8(at++))
    else {
      items[next++] = match(length, distance)
      at += length
    }
  }
  while (at < end) items[next++] = literal(view.getUint8(at++))
  deflate.count = next
  deflate.lastDistance = distance
}

/** How many bytes from `left` and from `right` on are the same, at most `most`; `least` if they are not more than that. */
function commonLength(view: DataView, left: number, right: number, least: number, most: number): number {
  // Most places are no better: the last bytes of a longer match differ more often than the first.
  if (view.getInt32(left + least - 3, true) !== view.getInt32(right + least - 3, true)) return least
  for (let length = 0; length < most; length += 4) {
    const difference = view.getInt32(left + length, true) ^ view.getInt32(right + length, true)
    // The lowest bit that differs tells the byte.
    if (difference !== 0) return Math.max(least, Math.min(most, length + ((31 - Math.clz32(difference & -difference)) >> 3)))
  }
  return most
}
