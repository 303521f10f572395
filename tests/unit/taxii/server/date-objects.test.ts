import { describe, expect, it } from 'vitest'
import { buildState as buildStateAt } from '../../../../src/taxii/server/build-collections.js'
import type { BundleFile, CollectionState } from '../../../../src/taxii/server/collection.js'
import { bundleFile, numbered, type PlainObject } from '../../../support/taxii-files.js'

const second = 1_000_000
const start = 1_700_000_000 * second

function buildState(files: readonly BundleFile[], former?: CollectionState): CollectionState {
  return buildStateAt(files, Math.max(...files.map(({ changedAt }) => changedAt)), former)
}

function numbersOf({ entries }: CollectionState, after = 0): readonly number[] {
  return entries.filter(({ date }) => date > after).map(({ object }) => Number(object.id.slice(11, 19)))
}

function datesOf({ entries }: CollectionState): readonly number[] {
  return entries.map(({ date }) => date - start)
}

function inYear(year: number): PlainObject {
  return numbered(1, { modified: `${year}-01-01T00:00:00.000Z`, spec_version: year === 2023 ? '2.0' : '2.1' })
}

describe('dates of objects', () => {
  it('are a microsecond apart, and end with the time of the file', () => {
    const state = buildState([bundleFile('a', start, [1, 2, 3].map((number) => numbered(number)))])
    expect(numbersOf(state)).toEqual([1, 2, 3])
    expect(datesOf(state)).toEqual([-2, -1, 0])
  })

  it('end on a whole millisecond, for clients that know no finer times', () => {
    const state = buildState([bundleFile('b', start + 2, [numbered(3)]), bundleFile('a', start + 1, [numbered(1), numbered(2)])])
    expect(numbersOf(state)).toEqual([1, 2, 3])
    expect(datesOf(state)).toEqual([998, 999, 1000])
  })

  it('give what changed a later date than all else, and leave the rest as it was', () => {
    const before = buildState([bundleFile('a', start, [1, 2, 3, 4].map((number) => numbered(number)))])
    const after = buildState([bundleFile('a', start + second, [numbered(1), numbered(2, { name: 'new' }), numbered(3), numbered(5)])], before)
    expect(numbersOf(after)).toEqual([1, 3, 2, 5])
    expect(numbersOf(after, start)).toEqual([2, 5])
    expect(datesOf(after)).toEqual([-3, -1, second - 2, second])
  })

  it('move what refers to something that moved, so that it stays behind it', () => {
    const objects = [numbered(1), numbered(2, { created_by_ref: numbered(1)['id'] }), numbered(3, { x_refs: [numbered(2)['id']] }), numbered(4)]
    const before = buildState([bundleFile('a', start, objects)])
    const after = buildState([bundleFile('a', start + second, [numbered(1, { name: 'new' }), ...objects.slice(1)])], before)
    expect(numbersOf(after)).toEqual([4, 1, 2, 3])
  })

  it('make a version that others hid before new to those who poll', () => {
    const old = numbered(1, { modified: '2020-01-01T00:00:00.000Z' })
    const before = buildState([bundleFile('a', start, [old]), bundleFile('b', start, [numbered(1), numbered(2)])])
    const after = buildState([bundleFile('a', start, [old]), bundleFile('b', start + second, [numbered(2)])], before)
    expect(numbersOf(after, start)).toEqual([1])
  })

  it('come after what was there even where clocks went back', () => {
    const before = buildState([bundleFile('a', start, [numbered(1), numbered(2)])])
    const after = buildState([bundleFile('a', start - second, [numbered(1), numbered(2, { name: 'new' })])], before)
    expect(numbersOf(after, start)).toEqual([2])
    expect(datesOf(after)).toEqual([-1, 1000])
  })

  it('are the same with another server over the same files', () => {
    const files = [bundleFile('a', start, [numbered(1), numbered(2)]), bundleFile('b', start, [numbered(2), numbered(3)])]
    expect(buildState(files.toReversed())).toEqual(buildState(files))
  })

  it('stay, with the state, when a file is written anew with the same objects', () => {
    const before = buildState([bundleFile('a', start, [numbered(1), numbered(2)])])
    const after = buildState([bundleFile('a', start + second, [numbered(1), numbered(2)])], before)
    expect(after.mark).toBe(before.mark)
    expect(datesOf(after)).toEqual(datesOf(before))
    expect(after.entries[0]?.object.bytes).not.toBe(before.entries[0]?.object.bytes)
  })

  it('are of one text of a version: that in the file that changed last', () => {
    const [early, late] = [bundleFile('a', start, [numbered(1), numbered(2), numbered(3)]), bundleFile('b', start + second, [numbered(1), numbered(2, { name: 'late' })])]
    const state = buildState([late, early])
    expect(numbersOf(state)).toEqual([1, 3, 2])
    expect(new TextDecoder().decode(state.entries[2]?.object.bytes)).toContain('late')
  })

  it('put what an object refers to before it, though another file has the version that counts', () => {
    const old = bundleFile('a', start, [numbered(1, { modified: '2020-01-01T00:00:00.000Z' }), numbered(2, { x_ref: numbered(1)['id'] })])
    const late = bundleFile('b', start + second, [numbered(3), numbered(1, { x_ref: numbered(3)['id'] })])
    expect(numbersOf(buildState([old, late]))).toEqual([1, 3, 1, 2])
  })

  it('keep the order of circles, and survive long chains', () => {
    const circle = [numbered(1, { x_ref: numbered(2)['id'] }), numbered(2, { x_ref: numbered(1)['id'] })]
    expect(numbersOf(buildState([bundleFile('a', start, circle), bundleFile('b', start, [])]))).toEqual([1, 2])
    const chain = Array.from({ length: 5_000 }, (_, number) => numbered(number, { x_ref: numbered((number + 1) % 5_000)['id'] }))
    const [even, odd] = [0, 1].map((rest) => bundleFile(`${rest}`, start, chain.filter((_, number) => number % 2 === rest)))
    expect(even && odd && numbersOf(buildState([even, odd])).slice(0, 3)).toEqual([4_999, 4_998, 4_997])
  })

  it('are each of one object only, however many files were written at once', () => {
    const files = Array.from({ length: 30 }, (_, file) =>
      bundleFile(`${file}`, start + file, Array.from({ length: 40 }, (_entry, index) => numbered(file * 100 + index))))
    const dates = datesOf(buildState(files))
    expect(new Set(dates).size).toBe(1200)
    expect(dates).toEqual(dates.toSorted((a, b) => a - b))
  })

  it('tell first and last versions, and the latest version of STIX', () => {
    const state = buildState([bundleFile('a', start, [2022, 2020, 2021, 2023].map(inYear))])
    expect(state.entries.map(({ isFirst, isLast, isLatestSpec }) => [isFirst, isLast, isLatestSpec])).toEqual([
      [false, true, true], [true, false, true], [false, false, true], [true, true, false],
    ])
  })
})
