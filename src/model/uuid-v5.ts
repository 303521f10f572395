import { findSha1, type ProcessWithModules, sha1Padding } from './sha1.js'

/** UUIDs of version 5 (RFC 9562, section 5.5): SHA-1 of a namespace and a name. A large bundle has a hundred thousand of them. */

/** Creates the function that derives UUIDs in a namespace, itself a UUID. Lone surrogates in names count as U+FFFD. */
export function createUuids(namespace: string, digest = sha1): (name: string) => string {
  const derive = createUuidWords(namespace, digest)
  const words = new Int32Array(uuidWords)
  return (name) => {
    derive(name, words, 0)
    return showUuid(words, 0)
  }
}

// Browsers have none.
const process: ProcessWithModules | undefined = Reflect.get(globalThis, 'process')
const sha1 = findSha1(process)

/** Words of 32 bits that a UUID has. */
export const uuidWords = 4

/** As `createUuids`, but writes the words of a UUID, a third of the memory of its text. `showUuid` returns the text. */
export function createUuidWords(namespace: string, digest = sha1): (name: string, into: Int32Array, at: number) => void {
  const start = readUuid(namespace)
  return (name, into, at) => {
    const most = start.length + name.length * widest
    if (most + sha1Padding > block.length) block = new Uint8Array(2 * (most + sha1Padding))
    block.set(start)
    const { written } = encoder.encodeInto(name, block.subarray(start.length))
    digest(block, start.length + written, into, at, uuidWords)
    // Version and variant.
    into[at + 1] = (into[at + 1] ?? 0) & 0xffff0fff | 0x5000
    into[at + 2] = (into[at + 2] ?? 0) & 0x3fffffff | 0x80000000
  }
}

const encoder = new TextEncoder()
/** Most bytes that a UTF-16 code unit becomes in UTF-8. */
const widest = 3
/** The message that is digested: one buffer for all. */
let block = new Uint8Array(1024)

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
