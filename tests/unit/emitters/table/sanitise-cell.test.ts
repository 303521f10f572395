import { describe, expect, it } from 'vitest'
import { longestCell, sanitiseCell } from '../../../../src/emitters/table/cell-text.js'
import { hostileTexts } from '../../../support/hostile-set.js'

describe('sanitiseCell', () => {
  it.each(hostileTexts)('leaves %j alone: it is only text', (text) => {
    expect(sanitiseCell(text)).toEqual({ text, changes: [] })
  })

  it('removes what XML forbids, and keeps tab and line feed', () => {
    expect(sanitiseCell('a\u0000b\u0008c\u000Bd\u001Fe\uFFFEf\uFFFFg\th\ni\u007Fj')).toEqual({
      text: 'abcdefg\th\ni\u007Fj',
      changes: ['characters removed'],
    })
  })

  it('never leaves blank what was stated', () => {
    expect(sanitiseCell('\u0000\u0001').text).toBe('\uFFFD')
  })

  it('makes line ends LF', () => {
    expect(sanitiseCell('a\r\nb\rc\nd')).toEqual({ text: 'a\nb\nc\nd', changes: ['line ends'] })
  })

  it('replaces halves of surrogate pairs, and no whole ones', () => {
    expect(sanitiseCell('\uDC00a\uD800\uD83D\uDE00\uD800')).toEqual({
      text: '\uFFFDa\uFFFD😀\uFFFD',
      changes: ['characters replaced'],
    })
  })

  it('keeps what just fits, and shortens what does not, saying so', () => {
    const fits = 'x'.repeat(longestCell)
    expect(sanitiseCell(fits)).toEqual({ text: fits, changes: [] })
    const { text, changes } = sanitiseCell(`${fits}y`)
    expect(changes).toEqual(['shortened'])
    expect(text).toHaveLength(longestCell)
    expect(text.endsWith('x… [shortened: the text has 32768 characters]')).toBe(true)
  })

  it('never cuts a character in two', () => {
    for (const offset of [0, 1]) {
      const { text } = sanitiseCell(`${'x'.repeat(offset)}${'😀'.repeat(20_000)}`)
      expect(text.length).toBeLessThanOrEqual(longestCell)
      expect(text).toMatch(/😀… \[shortened/u)
    }
  })

  it('names every kind of change', () => {
    expect(sanitiseCell('a\r\n\u0000\uD800').changes).toEqual(['line ends', 'characters removed', 'characters replaced'])
  })
})
