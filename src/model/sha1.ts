/**
 * SHA-1 (FIPS 180-4) of short messages, of which a large set has hundreds of thousands: that of Node.js in one call without an object for each
 * hash, which takes a fifth of the time of one written out; and one written out for browsers, whose own is asynchronous.
 */

/**
 * Digests the first bytes of a block, and writes the first words of the digest, of 32 bits each, to `into`. What follows the message in the
 * block is written over: it must have room for `sha1Padding` bytes.
 */
export type Sha1 = (block: Uint8Array, length: number, into: Int32Array, at: number, words: number) => void

/** Most bytes after a message: a one bit, zeros to the next multiple of 64, the length. */
export const sha1Padding = 72

/** The `process` of Node.js, as far as it is needed here. Those of others may lack any of it. */
export interface ProcessWithModules {
  readonly getBuiltinModule?: (name: 'node:crypto') => { readonly hash?: (algorithm: string, bytes: Uint8Array, encoding: 'latin1') => string } | undefined
}

/** The fastest implementation that there is. */
export function findSha1(host: ProcessWithModules | undefined): Sha1 {
  const hash = host?.getBuiltinModule?.('node:crypto')?.hash
  if (!hash || !isUsable(hash)) return digestHere
  return (block, length, into, at, words) => {
    const digest = hash('sha1', block.subarray(0, length), 'latin1')
    for (let nth = 0; nth < words; nth += 1) {
      const from = 4 * nth
      into[at + nth] = digest.charCodeAt(from) << 24 | digest.charCodeAt(from + 1) << 16 | digest.charCodeAt(from + 2) << 8 | digest.charCodeAt(from + 3)
    }
  }
}

/** Whether SHA-1 is there: whoever builds Node.js can leave it out. */
function isUsable(hash: (algorithm: string, bytes: Uint8Array, encoding: 'latin1') => string): boolean {
  try {
    return hash('sha1', new Uint8Array(), 'latin1').length === 20
  } catch {
    return false
  }
}

const state = new Int32Array(5)
const initial = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
const schedule = new Int32Array(80)

function digestHere(block: Uint8Array, length: number, into: Int32Array, at: number, words: number): void {
  const end = (((length + 8) >> 6) + 1) << 6
  block.fill(0, length, end)
  block[length] = 0x80
  const view = new DataView(block.buffer, block.byteOffset, end)
  view.setUint32(end - 8, Math.floor(length / 0x20000000))
  view.setUint32(end - 4, length << 3)
  state.set(initial)
  for (let from = 0; from < end; from += 64) {
    for (let t = 0; t < 16; t += 1) schedule[t] = view.getInt32(from + 4 * t)
    digestBlock()
  }
  into.set(state.subarray(0, words), at)
}

/** FIPS 180-4, section 6.1.2. Every sum is cut to 32 bits, so that none becomes a floating-point number. */
function digestBlock(): void {
  for (let t = 16; t < 80; t += 1) {
    const mixed = word(t - 3) ^ word(t - 8) ^ word(t - 14) ^ word(t - 16)
    schedule[t] = mixed << 1 | mixed >>> 31
  }
  let [a, b, c, d, e] = [state[0] ?? 0, state[1] ?? 0, state[2] ?? 0, state[3] ?? 0, state[4] ?? 0]
  for (let t = 0; t < 80; t += 1) {
    const next = ((a << 5 | a >>> 27) + mix(t, b, c, d) | 0) + (e + word(t) | 0) | 0
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

/** The function and the constant of each round of 20 (sections 4.1.1 and 4.2.1). */
function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return (d ^ b & (c ^ d)) + 0x5a827999 | 0
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1 | 0
  if (t < 60) return (b & c | d & (b | c)) + 0x8f1bbcdc | 0
  return (b ^ c ^ d) + 0xca62c1d6 | 0
}

function word(t: number): number {
  return schedule[t] ?? 0
}
