import { describe, expect, it } from 'vitest'
import { createTextCleaner } from '../../../../src/emitters/picture/create-painter.js'
import { measureText, wrapText } from '../../../../src/emitters/picture/measure-text.js'

const frame = { size: 10, weight: 'regular', width: 60, first: 60, mostLines: 9 } as const

describe('measuring', () => {
  it('adds up the widths of DejaVu Sans, rounded up', () => {
    // hmtx of DejaVu Sans 2.37: "A" 1401 and "i" 569 of 2048 units.
    expect(measureText('Ai', 2048)).toBeGreaterThanOrEqual(1401 + 569)
    expect(measureText('Ai', 2048)).toBeLessThan((1401 + 569) * 1.04)
  })

  it('takes bold for wider, marks on letters for nothing, and what it does not know for wide', () => {
    expect(measureText('mapping', 10, 'bold')).toBeGreaterThan(measureText('mapping', 10))
    expect(measureText('e\u0301', 10)).toBe(measureText('e', 10))
    expect(measureText('漢', 10)).toBeGreaterThan(measureText('W', 10))
    expect(measureText('\u{1f600}', 10)).toBeGreaterThan(measureText('漢', 10))
  })
})

describe('wrapping', () => {
  it('breaks between words, and after slashes and hyphens', () => {
    expect(wrapText('Drive-by Compromise', { ...frame, width: 70, first: 70 })).toEqual({ lines: ['Drive-by', 'Compromise'], shortened: false })
    expect(wrapText('System Shutdown/Reboot', { ...frame, width: 62, first: 62 }).lines).toEqual(['System', 'Shutdown/', 'Reboot'])
    expect(wrapText('Man-in-the-Middle', { ...frame, width: 66, first: 66 }).lines).toEqual(['Man-in-the-', 'Middle'])
  })

  it('breaks a word that is wider than a line, with a hyphen', () => {
    const { lines, shortened } = wrapText('Spearphishing', frame)
    expect([lines.join('').replaceAll('-', ''), shortened]).toEqual(['Spearphishing', false])
    expect(lines[0]).toMatch(/-$/)
  })

  it('has a first line of its own width', () => {
    expect(wrapText('one two', { ...frame, first: 25 }).lines).toEqual(['one', 'two'])
  })

  it('ends in an ellipsis what has too many lines', () => {
    const { lines, shortened } = wrapText('one two three four five six', { ...frame, mostLines: 2 })
    expect([lines.length, lines[1]?.endsWith('…'), shortened]).toEqual([2, true, true])
  })

  it('never makes a line that is too wide, save of a single character', () => {
    for (const text of ['漢字漢字漢字', '\u{1f600}'.repeat(9), 'x'.repeat(3000), 'a b c d e f g', '-/-/-/-', '']) {
      for (const mostLines of [1, 3, 50]) {
        const { lines } = wrapText(text, { ...frame, mostLines })
        expect(lines.length).toBeLessThanOrEqual(mostLines)
        expect(lines.filter((line) => measureText(line, 10) > 60)).toEqual([])
      }
    }
  })

  it('shows nothing but an ellipsis where there is no room at all', () => {
    expect(wrapText('word', { ...frame, width: 1, first: 1, mostLines: 1 })).toEqual({ lines: ['…'], shortened: true })
  })
})

describe('cleaning', () => {
  it('removes marks that turn text round, replaces what XML forbids, and counts the texts', () => {
    const cleaner = createTextCleaner()
    expect(cleaner.clean('a\u0000b\ud800c\uffffd')).toBe('a\ufffdb\ufffdc\ufffdd')
    expect(cleaner.clean('\u202etxt\u2066 x')).toBe('txt x')
    expect(cleaner.clean(' two\nlines\t')).toBe('two lines')
    expect(cleaner.clean('\u202e')).toBe('\ufffd')
    expect(cleaner.changed()).toBe(3)
  })
})
