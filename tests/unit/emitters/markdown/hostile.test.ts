import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellText, inlineText } from '../../../../src/emitters/markup/markdown-text.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { hostileTexts as contractTexts } from '../../../contract/emitter-sets.js'
import { arbitrarySet } from '../../../support/arbitrary-set.js'
import { emitContext } from '../../../support/emit-context.js'
import { hostileSet, hostileTexts, unfitTexts } from '../../../support/hostile-set.js'
import { readMarkdown } from '../../../support/read-markdown.js'
import { column, emitSets } from './emit.js'

const markup = [
  '![pixel](https://example.org/p.png)', '[click](javascript:alert(1))', '<img src=x onerror=alert(1)>',
  '<https://example.org>', 'see https://example.org/a|b.', 'www.example.org', 'mail a.b@example.org',
  '@everyone and #12', '[ref]: https://example.org', '[^1]', '`code` ``more``', '**strong** _em_ ~~gone~~',
  '| a | b |', '\\| \\\\| \\', '# no heading', '- no item', '1. no item', '> no quote', '---',
  '&lt;b&gt; &amp; &copy; &#64;', '{{ template }} {% x %} $x$ [[Wiki]]', '```\ncode\n```', '<!-- comment',
  'https://x/`|\\<b>', '\u202Etext\u202C @x\u2066', '<br>', '<details><summary>', '@`a`', 'http://a\\|b@c',
]

/** What a reader sees: white space runs together, marks of direction are told by their numbers. */
function visible(text: string): string {
  return text.split(/\r\n?|\n/)
    .map((line) => line.split(/\s+/).filter((word) => word !== '').join(' '))
    .join('\n')
    .replaceAll(/\p{Bidi_Control}/gu, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`)
}

/** Zero-width spaces part what would become a link. */
function printed(text: string): string {
  return text.replaceAll('\u200B', '')
}

function readCell(source: string) {
  const [table] = readMarkdown(`| a |\n| --- |\n| ${source} |\n`).tables
  const cell = table?.rows[0]?.[0]
  if (!cell) throw new Error('no cell')
  return cell
}

describe('text of documents', () => {
  it.each([...markup, ...hostileTexts])('%j stays text', (text) => {
    const cell = readCell(cellText(text))
    expect(printed(cell.text)).toBe(visible(text))
    expect([cell.links, cell.alive]).toEqual([[], []])
  })

  it('is one line in headings and lists', () => {
    expect(inlineText('a\nb\r\nc')).toBe('a b c')
  })

  it('stays text whatever it is', () => {
    const letters = markup.flatMap((text) => text.split(''))
    const piece = fc.oneof(fc.constantFrom(...letters), fc.constantFrom(...markup), fc.string({ unit: 'grapheme' }))
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('').replaceAll('\u200B', '')
      const cell = readCell(cellText(text))
      expect(printed(cell.text)).toBe(visible(text).replaceAll('\u200B', ''))
      expect([cell.links, cell.alive]).toEqual([[], []])
    }), { numRuns: 1500 })
  })
})

describe('the page of a hostile set', () => {
  const ours = /^(?:https:\/\/attack\.mitre\.org\/techniques\/T\d{4}\/(?:\d{3}\/)?|#set-\d+|#notes)$/

  it.each([
    ['markup', markup],
    ['texts that spreadsheets stumble over', hostileTexts],
    ['texts that do not fit', unfitTexts],
    ['the contract', Object.values(contractTexts)],
  ])(
    'has no live link, tag or markup: %s', async (_name, texts) => {
      for (const sets of [[hostileSet(texts)], [hostileSet(texts), hostileSet(texts.slice(0, 2))]]) {
        const { cells, value, table, page } = await emitSets(sets)
        expect(cells.flatMap(({ links }) => links).filter((link) => !ours.test(link))).toEqual([])
        expect(cells.flatMap(({ alive }) => alive)).toEqual([])
        expect(await schemaErrors('markdown-summary', JSON.parse(JSON.stringify(value)))).toEqual([])
        expect(table('Rows').rows).toHaveLength(texts.length)
        expect(page.headings.every(({ level, text }) => level > 1 || text !== '')).toBe(true)
      }
    })

  it('says what it changed', async () => {
    const context = emitContext()
    await emitSets([hostileSet(['\u202Eturned\u202C'])], context)
    expect(context.log.entries.map(({ code, count }) => [code, count])).toContainEqual(['emit/text-adjusted', expect.any(Number)])
  })

  it('has tables of equal lines, of any set', async () => {
    await fc.assert(fc.asyncProperty(fc.array(arbitrarySet, { minLength: 1, maxLength: 2 }), async (sets) => {
      const { cells, page, value } = await emitSets(sets)
      expect(cells.flatMap(({ alive }) => alive)).toEqual([])
      expect(cells.flatMap(({ links }) => links).filter((link) => !ours.test(link))).toEqual([])
      expect(await schemaErrors('markdown-summary', JSON.parse(JSON.stringify(value)))).toEqual([])
      const printedRows = page.tables.filter(({ heading }) => heading === 'Rows').reduce((sum, { rows }) => sum + rows.length, 0)
      expect(printedRows).toBe(sets.reduce((sum, { mappings }) => sum + mappings.length, 0))
    }), { numRuns: 100 })
  })

  it('keeps comments as they are', async () => {
    const texts = hostileTexts.filter((text) => text.trim() !== '')
    const { table } = await emitSets([hostileSet(texts)])
    expect(column(table('Rows'), 'Comment').map(printed)).toEqual(texts.map(visible))
  })
})
