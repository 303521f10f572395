import { describe, expect, it } from 'vitest'
import { cleanStrings } from '../../../../src/emitters/navigator/layer.js'
import { countNoun } from '../../../../src/diagnostics/counts-in-words.js'
import { collectReferences, rememberUrls } from '../../../../src/emitters/navigator/build-layer.js'
import { paintScores, palettes } from '../../../../src/emitters/matrix/score-rows.js'
import { shortenText } from '../../../../src/model/text.js'
import { originAt } from '../../../support/sample-sets.js'

/** Relative luminance: WCAG 2.1, section "Terms". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('palettes', () => {
  it.each(Object.entries(palettes))('%s falls in lightness at every step, and starts visibly off white', (_name, colours) => {
    const lightness = colours.map(luminance)
    for (const [index, value] of lightness.entries()) expect(value).toBeLessThan(index === 0 ? 0.85 : (lightness[index - 1] ?? 0) * 0.75)
    expect(colours.every((colour) => /^#[0-9a-f]{6}$/.test(colour))).toBe(true)
  })
})

describe('paintScores', () => {
  it.each([[[]], [[1]], [[7, 7]], [[1, 2]], [[3, 127]], [[1, 2, 3, 4, 5, 6]]])('rises for %j, with a legend between its ends', (scores) => {
    const { gradient, legendItems } = paintScores(scores, 'count', 'viridis')
    expect(gradient.minValue).toBeLessThan(gradient.maxValue)
    expect(legendItems.length).toBeLessThanOrEqual(5)
    expect(new Set(legendItems.map(({ label }) => label)).size).toBe(legendItems.length)
    expect(legendItems.at(-1)?.color).toBe(scores.length === 0 ? undefined : palettes.viridis.at(-1))
  })

  it('mixes colours between those of the palette', () => {
    expect(paintScores([1, 7], 'count', 'blue').legendItems.map(({ label, color }) => `${label} ${color}`)).toEqual([
      '1 capability #c6dbef', '3 capabilities #6baed6', '4 capabilities #4690c6', '6 capabilities #155190', '7 capabilities #08306b'])
  })
})

describe('cleanStrings', () => {
  it('replaces control characters, and leaves all other text', () => {
    const fine = { a: ['tab\tline\n', '\u{1f600}\u200f\ufffe</script>'] }
    expect(cleanStrings(fine)).toEqual({ value: fine, text: JSON.stringify(fine, null, 2), changed: 0 })
    const clean = ['a\ufffdb', '\ufffd\ufffd[31m', 'ok', '\ufffd\ufffd\ufffd']
    expect(cleanStrings(['a\u0085b', '\u0000\u001b[31m', 'ok', '\b\f\r'])).toEqual({ value: clean, text: JSON.stringify(clean, null, 2), changed: 3 })
  })

  it('leaves backslashes that only look like control characters in JSON', () => {
    const paths = { a: [String.raw`C:\bin\u0000`, String.raw`\\f`] }
    expect(cleanStrings(paths)).toEqual({ value: paths, text: JSON.stringify(paths, null, 2), changed: 0 })
  })
})

describe('shortenText', () => {
  it('keeps what fits, and never half a pair', () => {
    expect(shortenText('abc', 3)).toBe('abc')
    expect(shortenText('abcd', 3)).toBe('ab…')
    expect(shortenText('ab \u{1f600}d', 5)).toBe('ab…')
  })
})

describe('collectReferences', () => {
  it('separates URLs from citations', () => {
    const references = [
      'https://example.org/?q=1#f', 'HTTP://example.org', 'ftp://example.org', 'data:text/html,x', 'https://', 'https://exa mple.org',
      'https://example.org/<script>', ' ', `https://example.org/${'x'.repeat(3000)}`,
    ]
    const row = { kind: 'mapped', origins: [originAt(1)], technique: { id: 'T1190' }, capability: { id: 'a' }, references } as const
    const { urls, citations } = collectReferences([{ row }], rememberUrls())
    expect(urls).toEqual(['https://example.org/?q=1#f', 'HTTP://example.org'])
    expect(citations).toHaveLength(6)
  })
})

it('counts nouns', () => {
  expect([countNoun(0, 'row'), countNoun(1, 'capability'), countNoun(2, 'capability')]).toEqual(['0 rows', '1 capability', '2 capabilities'])
})
