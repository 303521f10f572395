/**
 * Creates the function that gives the UUIDv5 of a name in a namespace (RFC 9562, section 5.5): their SHA-1, which identifies and protects
 * nothing here. Node.js's own takes four times as long for short texts, since it makes an object for each, and browsers' is asynchronous.
 */
export function createNameUuid(namespace: string): (name: string) => string {
  const start = Uint8Array.from(namespace.replaceAll('-', '').match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
  const buffer = { bytes: new Uint8Array(usualLength) }
  return (name) => {
    const needed = start.length + name.length * mostBytes + padding
    if (needed > buffer.bytes.length) buffer.bytes = new Uint8Array(needed)
    const { bytes } = buffer
    bytes.set(start)
    const { written } = encoder.encodeInto(name, bytes.subarray(start.length))
    hash(bytes, start.length + written)
    if (bytes.length > mostKept) buffer.bytes = new Uint8Array(usualLength)
    return writeUuid()
  }
}

/** Of UTF-8, for a UTF-16 unit. */
const mostBytes = 3
const usualLength = 1 << 12
const mostKept = 1 << 20
const blockLength = 64
const padding = 2 * blockLength

const encoder = new TextEncoder()
const decoder = new TextDecoder()

const initial = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
/** The state of the hash (FIPS 180-4, section 6.1), and the words of a block. */
const state = new Int32Array(5)
const words = new Int32Array(80)

/** Hashes the first `length` bytes, after which there is room for the padding. */
function hash(bytes: Uint8Array, length: number): void {
  const end = Math.ceil((length + 9) / blockLength) * blockLength
  bytes.fill(0, length, end)
  bytes[length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setUint32(end - 8, Math.floor(length / 2 ** 29))
  view.setUint32(end - 4, length * 8)
  state.set(initial)
  for (let at = 0; at < end; at += blockLength) hashBlock(view, at)
}

function hashBlock(view: DataView, at: number): void {
  for (let index = 0; index < 16; index++) words[index] = view.getInt32(at + index * 4)
  for (let index = 16; index < 80; index++) {
    const mixed = (words[index - 3] ?? 0) ^ (words[index - 8] ?? 0) ^ (words[index - 14] ?? 0) ^ (words[index - 16] ?? 0)
    words[index] = (mixed << 1) | (mixed >>> 31)
  }
  // Written out, since one loop, a list of the five words or a function for a turn takes twice as long.
  let a = state[0] ?? 0
  let b = state[1] ?? 0
  let c = state[2] ?? 0
  let d = state[3] ?? 0
  let e = state[4] ?? 0
  for (let index = 0; index < 20; index++) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + 0x5a827999 + e + (words[index] ?? 0)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  for (let index = 20; index < 40; index++) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + 0x6ed9eba1 + e + (words[index] ?? 0)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  for (let index = 40; index < 60; index++) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc + e + (words[index] ?? 0)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  for (let index = 60; index < 80; index++) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + 0xca62c1d6 + e + (words[index] ?? 0)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  state[0] = (state[0] ?? 0) + a
  state[1] = (state[1] ?? 0) + b
  state[2] = (state[2] ?? 0) + c
  state[3] = (state[3] ?? 0) + d
  state[4] = (state[4] ?? 0) + e
}

const text = new TextEncoder().encode('00000000-0000-0000-0000-000000000000')
/** Where the digits of each byte are. */
const digitsAt = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const
const digits = new TextEncoder().encode('0123456789abcdef')

/** The first 128 bits of the state as a UUID, with its version and its variant. */
function writeUuid(): string {
  for (let byte = 0; byte < 16; byte++) {
    const plain = ((state[byte >> 2] ?? 0) >>> (24 - (byte & 3) * 8)) & 0xff
    const value = byte === 6 ? (plain & 0x0f) | 0x50 : byte === 8 ? (plain & 0x3f) | 0x80 : plain
    const at = digitsAt[byte] ?? 0
    text[at] = digits[value >> 4] ?? 0
    text[at + 1] = digits[value & 0x0f] ?? 0
  }
  return decoder.decode(text)
}
