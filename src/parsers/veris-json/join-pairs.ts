import type { FileReader } from '../reading/file-reader.js'
import type { JoinedPair, Pair } from './read-pairs.js'

/**
 * Joins the two directions of a file (undefined if the file lacks one): each pair with its place in either. The order and names
 * of `attack_to_veris` take precedence. Pairs in one direction only, and names that differ, are reported.
 */
export function joinPairs(
  forth: readonly Pair[] | undefined, back: readonly Pair[] | undefined, reader: FileReader,
): readonly JoinedPair[] {
  if (!forth || !back) return [...(forth ?? []), ...(back ?? [])].map((pair) => ({ pair, pointers: [pair.pointer] }))
  const partners = new Map(back.map((pair) => [keyOf(pair), pair]))
  const alone: Pair[] = []
  const renamed: (readonly [Pair, Pair])[] = []
  const joined = forth.map((pair): JoinedPair => {
    const partner = partners.get(keyOf(pair))
    partners.delete(keyOf(pair))
    if (!partner) {
      if (pair.capability !== undefined) alone.push(pair)
      return { pair, pointers: [pair.pointer] }
    }
    if (pair.name !== undefined && partner.name !== undefined && pair.name !== partner.name) renamed.push([pair, partner])
    return { pair: { ...partner, ...pair }, pointers: [pair.pointer, partner.pointer] }
  })
  const rest = [...partners.values()]
  reportRenamed(renamed, reader)
  reportAlone(alone, 'attack_to_veris', 'veris_to_attack', reader)
  reportAlone(rest, 'veris_to_attack', 'attack_to_veris', reader)
  return [...joined, ...rest.map((pair) => ({ pair, pointers: [pair.pointer] }))]
}

function keyOf({ attackId, capability }: Pair): string {
  return JSON.stringify([attackId, capability])
}

function reportRenamed(renamed: readonly (readonly [Pair, Pair])[], reader: FileReader): void {
  const [first] = renamed
  if (!first) return
  const [{ attackId, name = '' }, { name: other = '', pointer }] = first
  reader.report('normalise/conflicting-names', pointer, {
    message: `${attackId} is "${name}" in attack_to_veris and "${other}" in veris_to_attack`,
    hint: 'The name in attack_to_veris was kept.',
    count: renamed.length,
  })
}

function reportAlone(alone: readonly Pair[], side: string, other: string, reader: FileReader): void {
  const [first] = alone
  if (!first) return
  reader.report('parse/count-differs', first.pointer, {
    message: `Rows are in ${side} but not in ${other}; they were kept`,
    found: `${first.capability ?? ''} and ${first.attackId}`,
    count: alone.length,
  })
}
