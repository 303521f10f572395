import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { createCandidates } from '../../src/matching/candidates.js'
import { completeRow, createOffers, joinRows } from '../../src/matching/join-rows.js'
import { contentKey, groupRows, haveSameContent, pairKey } from '../../src/matching/keys.js'
import { matchRows } from '../../src/matching/match-rows.js'
import type { Relation, ResolvedSet } from '../../src/model/mapping-set.js'
import { createMappingSet } from '../../src/model/mapping-set.js'
import type { MappedRow, Mapping } from '../../src/model/mapping.js'
import { foldName, foldSpace } from '../../src/model/text.js'
import { completeFromCatalog } from '../../src/pipeline/complete.js'
import { mergeRows } from '../../src/pipeline/merge.js'

const relations: ReadonlyMap<string, Relation> = new Map([
  ['scores', { id: 'scores', name: 'Technique Scores' }],
  ['technique_scores', { id: 'technique_scores', name: 'technique_scores' }],
  ['s2', { id: 's2', name: 'SCORES' }],
])

function optional<Value>(...values: readonly Value[]): fc.Arbitrary<Value | undefined> {
  return fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 })
}

const arbitraryRow = fc.record({
  line: fc.nat({ max: 3 }),
  technique: fc.constantFrom('T1078', 'T1078', 'T1078', 'T1110'),
  relation: optional('scores', 'technique_scores', 's2', 'Technique Scores', 'protects', '-', '?'),
  comments: optional('It sees it.', 'It  sees\nit.', ' ', 'No.'),
  group: optional('g1', 'g2'),
  status: optional<NonNullable<Mapping['status']>>('complete', 'in_progress'),
  score: optional<NonNullable<Mapping['score']>>({ category: 'detect' }, { category: 'detect', value: 'minimal' }, { value: 'partial', category: 'detect' }, { value: 'partial', related: 'T1' }),
  references: optional(['a'], ['a', 'b']),
  author: optional({ name: 'A', contact: 'B' }, { contact: 'B', name: 'A' }, { name: 'A' }),
  review: optional({ verdict: 'agreed', initials: 'AB' }, { verdict: 'agreed' }, { verdict: 'no', initials: 'CD' }),
})

function toRow(document: string, { line, technique, ...rest }: Readonly<Record<string, unknown>>): MappedRow {
  const stated = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return {
    kind: 'mapped', origins: [{ document, place: { kind: 'text', line: Number(line), column: 1 } }],
    capability: { id: 'AC-2' }, technique: { id: String(technique) }, ...stated,
  }
}

const arbitraryRows = (document: string, most: number) => fc.array(arbitraryRow.map((row) => toRow(document, row)), { maxLength: most })

function setOf(document: string, mappings: readonly Mapping[]): ResolvedSet {
  const set = createMappingSet({
    framework: { id: 'f', name: 'F' }, relations: relations.values(), mappings,
    sources: [{ name: document, sha256: 'a'.repeat(64), parser: 'p', rows: mappings.length }],
  })
  return { ...set, attack: { domain: 'enterprise' } }
}

describe('matching by index', () => {
  it('finds what comparing every row with every candidate finds', () => {
    fc.assert(fc.property(arbitraryRows('page', 8), arbitraryRows('catalog', 8), (rows, others) => {
      const found = matchRows(rows, createCandidates(relations, others), relations)
      expect(Array.from(found, ([row, match]) => [row, match.kind === 'several' ? { kind: match.kind, candidates: match.list() } : match]))
        .toEqual([...matchByComparing(rows, others)])
    }), { numRuns: 2000 })
  })

  it('finds the same again after the candidates are opened', () => {
    fc.assert(fc.property(arbitraryRows('page', 6), arbitraryRows('page 2', 6), arbitraryRows('catalog', 6), (first, second, others) => {
      const candidates = createCandidates(relations, others)
      matchRows(second, candidates, relations)
      candidates.reopen()
      const kinds = Array.from(matchRows(first, candidates, relations), ([row, match]) => [row, match.kind === 'several' ? match.list() : match])
      const expected = Array.from(matchByComparing(first, others), ([row, match]) => [row, match.kind === 'several' ? match.candidates : match])
      expect(kinds).toEqual(expected)
    }), { numRuns: 500 })
  })

  it('merges and reports what comparing every row with every other does', () => {
    const documents = fc.tuple(arbitraryRows('a', 6), arbitraryRows('b', 6), arbitraryRows('c', 6), arbitraryRows('d', 6))
    fc.assert(fc.property(documents, (lists) => {
      const sets = lists.map((rows, index) => setOf(`d${index}`, rows))
      const log = createDiagnosticLog()
      const merged = mergeRows(sets, log.report)
      const expected = mergeByComparing(sets)
      expect(merged.map((row) => JSON.stringify(row))).toEqual(expected.rows.map((row) => JSON.stringify(row)))
      const scores = log.entries.filter(({ code }) => code === 'merge/conflicting-scores').map(({ found }) => found)
      expect(scores).toEqual(expected.scores)
    }), { numRuns: 1000 })
  })
})

it('rows have the same content if their keys are equal', () => {
  const row = arbitraryRow.map((stated) => toRow('a', stated))
  fc.assert(fc.property(row, row, fc.boolean(), (left, other, isSame) => {
    const right: Mapping = isSame ? { ...left, origins: [], capability: { ...left.capability } } : other
    expect(haveSameContent(left, right)).toBe(contentKey(left) === contentKey(right))
  }), { numRuns: 1000 })
})

describe('completing from several candidates', () => {
  it('adds what adding every candidate would', () => {
    fc.assert(fc.property(arbitraryRows('page', 1), arbitraryRows('catalog', 5), ([row], rows) => {
      if (!row) return
      // All values, where `createOffers` leaves out those that add the same.
      const all = { rows, reviewed: rows, fillings: (field: keyof Mapping | 'capability' | 'technique') => rows.map((other) => new Map<string, unknown>(Object.entries(other)).get(field)) }
      expect(completeRow(row, createOffers(rows))).toEqual(completeRow(row, all))
    }), { numRuns: 2000 })
  })
})

describe('the number of reads of rows', () => {
  const shapes: readonly (readonly [string, (index: number) => object, (index: number) => object])[] = [
    ['that differ', (index) => ({ comments: `comment ${index}` }), (index) => ({ comments: `comment ${index}`, status: 'complete' })],
    ['that agree with all candidates', (index) => ({ group: `g${index}` }), (index) => ({ comments: `comment ${index}` })],
    ['that are equal', () => ({}), () => ({})],
    ['that agree with none', (index) => ({ comments: `comment ${index}` }), (index) => ({ comments: `other ${index}` })],
    ['of equal scores', (index) => ({ group: `g${index}`, score: { category: 'detect', value: 'partial' } }), (index) => ({ group: `h${index}`, score: { category: 'detect', value: 'partial' } })],
    ['of other scores', (index) => ({ group: `g${index}`, score: { category: 'detect', value: 'minimal' } }), (index) => ({ group: `h${index}`, score: { category: 'detect', value: 'partial' } })],
  ]

  it.each(shapes)('grows with the number of rows of one pair %s', (_name, page, catalog) => {
    const count = (size: number) => countReads(size, page, catalog, (rows, others) => {
      mergeRows([setOf('catalog', others), setOf('page', rows)], () => undefined)
      completeFromCatalog(setOf('page', rows), [setOf('catalog', others)], () => undefined)
    })
    expect(count(800) / count(200)).toBeLessThan(4.5)
  })

  it('grows with the number of documents that have one row', () => {
    const [few, many] = [200, 800].map((size) => countReads(size, () => ({}), () => ({}), (rows) => {
      const [merged] = mergeRows(rows.map((row, index) => setOf(`d${index}`, [row])), () => undefined)
      expect(merged?.origins).toHaveLength(size)
    }))
    expect((many ?? 0) / (few ?? 1)).toBeLessThan(4.5)
  })
})

/** Counts how often the rows and their parts are read, in any way. */
function countReads(
  size: number, page: (index: number) => object, catalog: (index: number) => object, use: (rows: readonly Mapping[], others: readonly Mapping[]) => void,
): number {
  let reads = 0
  const watch = <Value extends object>(value: Value): Value => new Proxy(value, {
    get: (target, key) => {
      reads += 1
      return Reflect.get(target, key)
    },
    ownKeys: (target) => {
      reads += 1
      return Reflect.ownKeys(target)
    },
  })
  const rows = (document: string, of: (index: number) => object): readonly Mapping[] => Array.from({ length: size }, (_, index) =>
    watch({ ...toRow(document, { line: index, technique: 'T1078', ...of(index) }), origins: watch([watch({ document, place: { kind: 'text' as const, line: index, column: 1 } })]) }))
  use(rows('page', page), rows('catalog', catalog))
  return reads
}

type Match = { readonly kind: 'none' } | { readonly kind: 'one'; readonly candidate: Mapping } | { readonly kind: 'several'; readonly candidates: readonly Mapping[] }

/** The rules of matching, row by row. */
function matchByComparing(rows: readonly Mapping[], candidates: Iterable<Mapping>): ReadonlyMap<Mapping, Match> {
  const matches = new Map<Mapping, Match>()
  for (const [pair, ofPair] of groupRows(rows, pairKey)) {
    const left = new Set([...candidates].filter((row) => pairKey(row) === pair))
    const groups = [...groupRows(ofPair, contentKey).values()]
    const take = (group: readonly Mapping[], found: readonly Mapping[]): void => {
      const alike = new Set(found.map(contentKey)).size === 1
      for (const [index, row] of group.entries()) {
        const candidate = found.length === group.length || alike ? found[index] : undefined
        if (candidate) {
          matches.set(row, { kind: 'one', candidate })
          left.delete(candidate)
        } else if (!alike && found.length > 0) {
          matches.set(row, { kind: 'several', candidates: found })
        }
      }
    }
    for (const group of groups) take(group, [...left].filter((candidate) => group.some((row) => contentKey(row) === contentKey(candidate))))
    for (const group of groups) {
      const open = group.filter((row) => !matches.has(row))
      const found = open.slice(0, 1).flatMap((row) => {
        const agreeing = [...left].filter((candidate) => agree(row, candidate))
        const same = agreeing.filter((candidate) => words(row) === words(candidate))
        return same.length > 0 ? same : agreeing
      })
      take(open, found)
    }
    for (const row of ofPair) if (!matches.has(row)) matches.set(row, { kind: 'none' })
  }
  return matches
}

function words({ comments }: Mapping): string {
  return foldSpace(comments ?? '')
}

function names(id: string): readonly string[] {
  return [id, relations.get(id)?.name ?? id].map(foldName)
}

function sorted(value: object | undefined): unknown {
  return value && Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function agree(left: Mapping, right: Mapping): boolean {
  const same = (of: (row: Mapping) => unknown): boolean => {
    const [one, other] = [of(left), of(right)]
    return one === undefined || other === undefined || JSON.stringify(one) === JSON.stringify(other)
  }
  return (left.relation === undefined || right.relation === undefined || names(left.relation).some((name) => names(right.relation ?? '').includes(name)))
    && (left.comments === undefined || right.comments === undefined || words(left) === words(right))
    && [(row: Mapping) => row.group, (row: Mapping) => row.status, (row: Mapping) => row.score?.category, (row: Mapping) => row.score?.value,
      (row: Mapping) => row.score?.related, (row: Mapping) => row.references, (row: Mapping) => sorted(row.author)].every((of) => same(of))
}

/** The rules of merging, row by row. */
function mergeByComparing(sets: readonly ResolvedSet[]): { readonly rows: readonly Mapping[]; readonly scores: readonly string[] } {
  const slots: Mapping[] = []
  const known = new Set<Mapping>()
  const scores: string[] = []
  for (const set of sets) {
    const added: Mapping[] = []
    for (const [row, match] of matchByComparing(set.mappings, known)) {
      if (match.kind === 'one') {
        const joined = joinRows(match.candidate, row)
        slots[slots.indexOf(match.candidate)] = joined
        known.delete(match.candidate)
        known.add(joined)
      } else {
        added.push(row)
      }
      if (match.kind !== 'none' || row.score?.value === undefined) continue
      const other = [...known].find((one) => pairKey(one) === pairKey(row) && one.score?.category === row.score?.category
        && one.relation === row.relation && words(one) === words(row) && one.score?.value !== undefined && one.score.value !== row.score?.value)
      const [origin] = other?.origins ?? []
      if (other && origin?.place.kind === 'text') scores.push(`${row.score.value} here, ${other.score?.value} in ${origin.document}:${origin.place.line}`)
    }
    for (const row of added) {
      slots.push(row)
      known.add(row)
    }
  }
  return { rows: slots, scores }
}
