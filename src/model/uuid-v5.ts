/**
 * UUIDs of version 5 (RFC 9562, section 5.5): SHA-1 (FIPS 180-4) of a namespace and a name. Written out, since a large bundle has a hundred
 * thousand of them: the digest of a short text costs Node.js four times as much, most of it for the object that makes it.
 */

/** Creates the function that derives UUIDs in a namespace, itself a UUID. Lone surrogates in names count as U+FFFD. */
export function createUuids(namespace: string): (name: string) => string {
  const derive = createUuidWords(namespace)
  const words = new Int32Array(uuidWords)
  return (name) => {
    derive(name, words, 0)
    return showUuid(words, 0)
  }
}

/** Words of 32 bits that a UUID has. */
export const uuidWords = 4

/** As `createUuids`, but writes the words of a UUID, a third of the memory of its text. `showUuid` returns the text. */
export function createUuidWords(namespace: string): (name: string, into: Int32Array, at: number) => void {
  const start = readUuid(namespace)
  return (name, into, at) => {
    const most = start.length + name.length * widest
    if (most + padding > block.length) {
      block = new Uint8Array(2 * (most + padding))
      view = new DataView(block.buffer)
    }
    block.set(start)
    const { written } = encoder.encodeInto(name, block.subarray(start.length))
    digest(start.length + written)
    for (let nth = 0; nth < uuidWords; nth += 1) into[at + nth] = state[nth] ?? 0
    // Version and variant.
    into[at + 1] = (into[at + 1] ?? 0) & 0xffff0fff | 0x5000
    into[at + 2] = (into[at + 2] ?? 0) & 0x3fffffff | 0x80000000
  }
}

const encoder = new TextEncoder()
/** Most bytes that a UTF-16 code unit becomes in UTF-8. */
const widest = 3
/** Most bytes after a message: a one bit, zeros to the next multiple of 64, the length. */
const padding = 72

/** The message that is digested, and its digest, of five words of 32 bits. */
let block = new Uint8Array(1024)
let view = new DataView(block.buffer)
const state = new Int32Array(5)
const initial = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
const schedule = new Int32Array(80)

/** Digests the first bytes of `block` into `state`. */
function digest(length: number): void {
  const end = (((length + 8) >> 6) + 1) << 6
  block.fill(0, length, end)
  block[length] = 0x80
  view.setUint32(end - 8, Math.floor(length / 0x20000000))
  view.setUint32(end - 4, length << 3)
  state.set(initial)
  for (let at = 0; at < end; at += 64) {
    for (let t = 0; t < 16; t += 1) schedule[t] = view.getInt32(at + 4 * t)
    digestBlock()
  }
}

/** FIPS 180-4, section 6.1.2: four rounds of 20, each with a function and a constant of its own. */
function digestBlock(): void {
  for (let t = 16; t < 80; t += 1) {
    const mixed = word(t - 3) ^ word(t - 8) ^ word(t - 14) ^ word(t - 16)
    schedule[t] = mixed << 1 | mixed >>> 31
  }
  let a = state[0] ?? 0
  let b = state[1] ?? 0
  let c = state[2] ?? 0
  let d = state[3] ?? 0
  let e = state[4] ?? 0
  // Every sum is cut to 32 bits, so that none becomes a floating-point number. A loop for each round takes a fifth less than one for all.
  for (let t = 0; t < 20; t += 1) {
    const next = ((a << 5 | a >>> 27) + ((d ^ b & (c ^ d)) + 0x5a827999 | 0) | 0) + (e + word(t) | 0) | 0
    e = d
    d = c
    c = b << 30 | b >>> 2
    b = a
    a = next
  }
  for (let t = 20; t < 40; t += 1) {
    const next = ((a << 5 | a >>> 27) + ((b ^ c ^ d) + 0x6ed9eba1 | 0) | 0) + (e + word(t) | 0) | 0
    e = d
    d = c
    c = b << 30 | b >>> 2
    b = a
    a = next
  }
  for (let t = 40; t < 60; t += 1) {
    const next = ((a << 5 | a >>> 27) + ((b & c | d & (b | c)) + 0x8f1bbcdc | 0) | 0) + (e + word(t) | 0) | 0
    e = d
    d = c
    c = b << 30 | b >>> 2
    b = a
    a = next
  }
  for (let t = 60; t < 80; t += 1) {
    const next = ((a << 5 | a >>> 27) + ((b ^ c ^ d) + 0xca62c1d6 | 0) | 0) + (e + word(t) | 0) | 0
    e = d
    d = c
    c = b << 30 | b >>> 2
    b = a
    a = next
  }
  state[0] = (state[0] ?? 0) + a
  state[1] = (state[1] ?? 0) + b
  state[2] = (state[2] ?? 0) + c
  state[3] = (state[3] ?? 0) + d
  state[4] = (state[4] ?? 0) + e
}

function word(t: number): number {
  return schedule[t] ?? 0
}

const digits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
/** The characters of a UUID, hyphens where they are, and where its digits are. */
const codes = Array.from('00000000-0000-0000-0000-000000000000', (character) => character.charCodeAt(0))
const places = codes.flatMap((code, index) => (code === digits[0] ? [index] : []))

/** The text of a UUID, from its words. */
export function showUuid(words: Int32Array, at: number): string {
  for (let nth = 0; nth < 32; nth += 1) codes[places[nth] ?? 0] = digits[(words[at + (nth >> 3)] ?? 0) >>> (28 - 4 * (nth & 7)) & 15] ?? 0
  return String.fromCharCode(...codes)
}

function readUuid(text: string): Uint8Array {
  return Uint8Array.from(text.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
