import { describe, expect, it } from 'vitest'
import { createIdSet } from '../../../src/model/id-set.js'
import { createUuids } from '../../../src/model/uuid-v5.js'

const uuidOf = createUuids('9119ef20-9a81-5b4a-b835-8796ddecc185')
const uuid = uuidOf('one')

/** Whether each text is new in a set. */
function addAll(texts: readonly string[]): readonly boolean[] {
  const ids = createIdSet()
  return texts.map((text) => ids.add(text))
}

describe('a set of ids', () => {
  it('has each of thousands once', () => {
    const texts = Array.from({ length: 5000 }, (_, index) => `relationship--${uuidOf(String(index))}`)
    const ids = createIdSet()
    expect(texts.every((text) => ids.add(text))).toBe(true)
    expect(texts.some((text) => ids.add(text))).toBe(false)
  })

  it('tells apart ids of other types, other digits, and UUIDs alone', () => {
    const [first, last] = [uuid.replace(/^./, (digit) => (digit === '0' ? '1' : '0')), uuid.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))]
    const texts = [`identity--${uuid}`, `grouping--${uuid}`, uuid, `-${uuid}`, `identity--${first}`, `identity--${last}`]
    expect(addAll([...texts, ...texts])).toEqual([...texts.map(() => true), ...texts.map(() => false)])
  })

  it.each(['', 'x', 'not an id', `identity--${uuid.toUpperCase()}`, uuid.slice(1), `${uuid} `, `identity--${uuid.replaceAll('-', '0')}`, `é${'€'.repeat(36)}`])('has %j, which does not end in a UUID, once', (text) => {
    expect(addAll([text, `a--${uuid}`, text])).toEqual([true, true, false])
  })

  it('has the ids of any number of types', () => {
    const texts = Array.from({ length: 150 }, (_, index) => `type-${index}--${uuid}`)
    expect(addAll([...texts, ...texts])).toEqual([...texts.map(() => true), ...texts.map(() => false)])
  })

  it('is about the words of a UUID as they are: 0 is one', () => {
    const zero = '00000000-0000-0000-0000-000000000000'
    expect(addAll([zero, zero, `a--${zero}`])).toEqual([true, false, true])
  })
})
