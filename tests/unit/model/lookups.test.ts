import { expect, it } from 'vitest'
import { createNumbered, createPairMap, once } from '../../../src/model/lookups.js'

it('a pair map tells both keys apart, and keeps the order of its values', () => {
  const map = createPairMap<string, string | undefined, number>()
  expect(map.get('a', 'b')).toBeUndefined()
  expect(map.add('b', undefined, 0)).toBe(0)
  map.add('a', 'b', 1)
  map.add('a b', '', 2)
  map.add('b', 'a', 3)
  expect([map.get('a', 'b'), map.get('a b', ''), map.get('b', undefined), map.get('b', 'a'), map.get('a', 'a')]).toEqual([1, 2, 0, 3, undefined])
  expect(map.values).toEqual([0, 1, 2, 3])
})

it('items are numbered in order of appearance, each once', () => {
  const list = createNumbered<string>()
  expect(['x', 'y', 'x'].map((key) => list.numberOf(key, (number) => `${key}${number}`))).toEqual([0, 1, 0])
  expect(list.items).toEqual(['x0', 'y1'])
})

it('a value is made once, when it is asked for', () => {
  let made = 0
  const value = once(() => ({ made: ++made }))
  expect(made).toBe(0)
  expect(value()).toBe(value())
  expect(made).toBe(1)
})
