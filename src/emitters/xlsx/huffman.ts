/** A prefix code: of each symbol the number of bits, 0 if it is not used, and the bits as deflate writes them, the first one lowest. */
export interface PrefixCode {
  readonly lengths: Uint8Array
  readonly bits: Uint16Array
}

/** Makes the shortest prefix code for symbols that occur `counts` times, with codes of at most `longest` bits. */
export function createCode(counts: Uint32Array, longest: number): PrefixCode {
  const lengths = codeLengths(counts, longest)
  return { lengths, bits: codeBits(lengths) }
}

/** The order in which the code for lengths of codes is described (section 3.2.7). */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const

/** The bits after a symbol of that code: how many the one before is repeated, or zeros are. */
const moreBits = Uint8Array.from(lengthOrder, (_, symbol) => ({ 16: 2, 17: 3, 18: 7 })[symbol] ?? 0)

/** Puts the header of a block with codes of its own: the lengths of both, in a code for lengths (RFC 1951, section 3.2.7). */
export function describeCodes(literals: PrefixCode, distances: PrefixCode, put: (value: number, width: number) => void): void {
  const [literalLengths, distanceLengths] = [trim(literals.lengths, 257), trim(distances.lengths, 1)]
  const all = new Uint8Array(literalLengths.length + distanceLengths.length)
  all.set(literalLengths)
  all.set(distanceLengths, literalLengths.length)
  const runs = findRuns(all)
  const counts = new Uint32Array(lengthOrder.length)
  for (let at = 0; at < runs.length; at++) {
    const symbol = (runs[at] ?? 0) & symbolMask
    counts[symbol] = (counts[symbol] ?? 0) + 1
  }
  const { bits, lengths } = createCode(counts, 7)
  const ordered = trim(Uint8Array.from(lengthOrder, (symbol) => lengths[symbol] ?? 0), 4)
  put(literalLengths.length - 257, 5)
  put(distanceLengths.length - 1, 5)
  put(ordered.length - 4, 4)
  for (let at = 0; at < ordered.length; at++) put(ordered[at] ?? 0, 3)
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at] ?? 0
    const symbol = run & symbolMask
    put(bits[symbol] ?? 0, lengths[symbol] ?? 0)
    put(run >> symbolBits, moreBits[symbol] ?? 0)
  }
}

/** Without unused symbols at the end, but at least `least`. */
function trim(lengths: Uint8Array, least: number): Uint8Array {
  let end = lengths.length
  while (end > least && lengths[end - 1] === 0) end--
  return lengths.subarray(0, end)
}

/** A run is a length (0 to 15), or the symbol of several that are the same, with their number less the fewest above its bits. */
const symbolBits = 5
const symbolMask = (1 << symbolBits) - 1

const repeated = { symbol: 16, shortest: 3, longest: 6 } as const
const zeros = { symbol: 17, shortest: 3, longest: 10 } as const
const manyZeros = { symbol: 18, shortest: 11, longest: 138 } as const

function findRuns(lengths: Uint8Array): Uint16Array {
  const runs = new Uint16Array(lengths.length)
  let count = 0
  for (let start = 0, end = 0; start < lengths.length; start = end) {
    const length = lengths[start] ?? 0
    while (end < lengths.length && lengths[end] === length) end++
    let left = end - start
    if (length !== 0) {
      runs[count++] = length
      left--
    }
    while (left >= repeated.shortest) {
      const { symbol, shortest, longest } = length !== 0 ? repeated : left < manyZeros.shortest ? zeros : manyZeros
      const taken = Math.min(left, longest)
      runs[count++] = symbol | ((taken - shortest) << symbolBits)
      left -= taken
    }
    for (; left > 0; left--) runs[count++] = length
  }
  return runs.subarray(0, count)
}

/** Huffman's algorithm with two queues: leaves by their counts, and inner nodes, which are made in the order of theirs. */
function codeLengths(counts: Uint32Array, longest: number): Uint8Array {
  const lengths = new Uint8Array(counts.length)
  const leaves = sortLeaves(counts)
  const [only] = leaves
  if (only === undefined) return lengths
  if (leaves.length === 1) return lengths.fill(1, only, only + 1)
  const nodes = leaves.length * 2 - 1
  const weights = new Float64Array(nodes)
  const parents = new Uint16Array(nodes)
  for (let index = 0; index < leaves.length; index++) weights[index] = counts[leaves[index] ?? 0] ?? 0
  let [leaf, inner] = [0, leaves.length]
  for (let node = leaves.length; node < nodes; node++) {
    for (let child = 0; child < 2; child++) {
      const lightest = leaf < leaves.length && (inner >= node || (weights[leaf] ?? 0) <= (weights[inner] ?? 0)) ? leaf++ : inner++
      weights[node] = (weights[node] ?? 0) + (weights[lightest] ?? 0)
      parents[lightest] = node
    }
  }
  const perLength = countLengths(parents, leaves.length, longest)
  // The rarest symbols have the longest codes.
  let next = 0
  for (let length = longest; length > 0; length--) {
    const end = next + (perLength[length] ?? 0)
    for (; next < end; next++) lengths[leaves[next] ?? 0] = length
  }
  return lengths
}

/** The symbols that occur, by their counts, then by number: sorting numbers takes a fifth of the time of sorting with a function. */
function sortLeaves(counts: Uint32Array): Uint16Array {
  const ranks = new Float64Array(counts.length)
  let used = 0
  for (let symbol = 0; symbol < counts.length; symbol++) {
    const count = counts[symbol] ?? 0
    if (count > 0) ranks[used++] = count * counts.length + symbol
  }
  const sorted = ranks.subarray(0, used).toSorted()
  const symbols = new Uint16Array(used)
  for (let index = 0; index < used; index++) symbols[index] = (sorted[index] ?? 0) % counts.length
  return symbols
}

/** How many leaves have each length. Where some are too deep, others go deeper until all codes fit (Kraft's inequality). */
function countLengths(parents: Uint16Array, leaves: number, longest: number): Uint16Array {
  const depths = new Uint16Array(parents.length)
  const perLength = new Uint16Array(longest + 1)
  for (let node = parents.length - 2; node >= 0; node--) {
    const depth = (depths[parents[node] ?? 0] ?? 0) + 1
    depths[node] = depth
    const length = Math.min(depth, longest)
    if (node < leaves) perLength[length] = (perLength[length] ?? 0) + 1
  }
  let used = perLength.reduce((sum, count, length) => sum + count * 2 ** (longest - length), 0)
  for (; used > 2 ** longest; used--) {
    let length = longest - 1
    while (perLength[length] === 0) length--
    perLength[length] = (perLength[length] ?? 0) - 1
    perLength[length + 1] = (perLength[length + 1] ?? 0) + 2
    perLength[longest] = (perLength[longest] ?? 0) - 1
  }
  return perLength
}

/** The canonical code of lengths (RFC 1951, section 3.2.2), its bits in reverse. */
function codeBits(lengths: Uint8Array): Uint16Array {
  const counts = new Uint16Array(16)
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1
  const next = new Uint16Array(16)
  for (let length = 1; length < 16; length++) next[length] = ((next[length - 1] ?? 0) + (counts[length - 1] ?? 0)) << 1
  const codes = new Uint16Array(lengths.length)
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] ?? 0
    if (length === 0) continue
    const code = next[length] ?? 0
    next[length] = code + 1
    let bits = 0
    for (let bit = 0; bit < length; bit++) bits = (bits << 1) | ((code >> bit) & 1)
    codes[symbol] = bits
  }
  return codes
}
