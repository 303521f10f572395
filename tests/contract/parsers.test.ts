import { describe, expect, it } from 'vitest'
import type { Parser } from '../../src/parsers/parser.js'
import { parsers } from '../../src/parsers/registry.js'
import { parserContract } from './parser-contract.js'
import { parserSamples } from './parser-samples.js'

const all: readonly Parser[] = parsers

it('no two parsers share an id, and each has samples in parser-samples.ts', () => {
  const ids = all.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => (parserSamples[id] ?? []).length === 0)).toEqual([])
})

describe.each(all.map((parser) => [parser.id, parser] as const))('%s', (id, parser) => {
  const others = Object.entries(parserSamples).flatMap(([other, samples]) => (other === id ? [] : samples))
  parserContract(parser, parserSamples[id] ?? [], others)
})
