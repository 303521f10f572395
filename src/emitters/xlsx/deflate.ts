import { createBlockWriter, literal, longestDistance, longestMatch, match } from './deflate-block.js'

/** Compresses texts one after the other (RFC 1951). */
export interface Deflate {
  /** Adds at most `mostPushed` bytes to the text. */
  readonly push: (bytes: Uint8Array) => void
  /** Ends the text; the next bytes begin another one. */
  readonly end: () => void
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
  const view = new DataView(data.buffer)
  const places = new Int32Array(1 << tableBits).fill(nowhere)
  const keyPlaces = new Int32Array(1 << tableBits).fill(nowhere)
  const items = new Int32Array(usualItems + mostPushed)
  const blocks = createBlockWriter(items.length, emit)
  // Places are counted from the start of all texts: what `data` begins with is at `base`.
  let [base, filled, count, lastDistance] = [0, 0, 0, 0]
  return {
    push(bytes) {
      if (filled + bytes.length > kept) moveTo(filled - longestDistance)
      data.set(bytes, filled)
      filled += bytes.length
      compress(filled - bytes.length)
      if (count < usualItems) return
      blocks.write(items, count, false)
      count = 0
    },
    end() {
      blocks.write(items, count, true)
      count = 0
      lastDistance = 0
      // No match reaches back to this text.
      base += longestDistance
      moveTo(filled)
    },
  }

  /** Drops what is before a place in `data`. */
  function moveTo(start: number): void {
    data.copyWithin(0, start, filled)
    filled -= start
    base += start
    if (base < mostPlaces) return
    places.fill(nowhere)
    keyPlaces.fill(nowhere)
    base = 0
  }

  function compress(start: number): void {
    const end = filled
    const origin = base
    let at = start
    let next = count
    let distance = lastDistance
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
    count = next
    lastDistance = distance
  }
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
