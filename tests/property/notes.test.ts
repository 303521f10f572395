import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../src/formats/decode-document.js'
import { readNotes } from '../support/read-notes.js'
import { testFile } from '../support/read-tree.js'

const id = fc.constantFrom('T1078', 'T1059.001', 't1110', 'T1059/003', 'T1000', 'TA0001', 'M1032', 'T1059.01', 'T1000000', 'T1')
const word = fc.oneof(
  { weight: 4, arbitrary: id },
  fc.constantFrom(
    'MFA', '**MFA**', 'stops', 'e.g.', 'it.', 'Not', '`', '``', '(', ')', '[', '](', 'https://example.org/T1078', '|', '\\|',
    ':', '->', '**', '"',
    'https://attack.mitre.org/techniques/T1078/', 'notes.md', '<!--', '-->', '…', 'é', '\u{1f600}', '__proto__', 'constructor',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const marker = fc.constantFrom(
  '', '', '', '# ', '## ', '###### ', '- ', '  - ', '      * ', '1. ', '> ', '>> - ', '| ', '[^1]: ', '== ', '** ',
)
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(marker, fc.array(word, { maxLength: 10 })).map(([mark, words]) => mark + words.join(' ')) },
  fc.constantFrom(
    '', '', '[x]: https://attack.mitre.org/techniques/T1059 "T1078"',
    '```', '~~~~', '---', '===', '|---|---|', 'Keys', '# References', '---\ntitle: x\n---', '<!--', '-->', '+---+', '***',
  ),
)
const notes = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'))

/** The lines that a parser would be given; none where the text is refused as binary. */
async function linesOf(text: string): Promise<readonly string[]> {
  const document = await decodeDocument(testFile('notes.md', text), () => undefined, 'text')
  return document?.container === 'text' ? document.lines : []
}

/** The number of technique ids in a text, counted without anything of the parser. */
async function countIds(text: string): Promise<number> {
  return (await linesOf(text)).join('\n').match(/(?<![\p{L}\p{N}]_{0,2})T\d{4}(?![\p{L}\p{N}])/giu)?.length ?? 0
}

describe('reading notes', () => {
  it('gives a row for every id, or says what became of it', async () => {
    await fc.assert(fc.asyncProperty(notes, async (text) => {
      const { rows, counted } = await readNotes(text)
      const told = counted('parse/mention-passed-over') + counted('parse/repeated-mention') + counted('parse/malformed-technique')
      expect(rows.length + told).toBe(await countIds(text))
    }), { numRuns: 1500 })
  })

  it('gives each row the place of its id', async () => {
    await fc.assert(fc.asyncProperty(notes, async (text) => {
      const lines = await linesOf(text)
      for (const { technique, origins, capability, comments } of (await readNotes(text)).rows) {
        const place = origins[0]?.place
        if (place?.kind !== 'text') throw new Error('notes are text')
        expect(lines[place.line - 1]?.slice(place.column - 1).startsWith(technique.id.slice(0, 5))).toBe(true)
        expect([capability.id.trim(), comments?.trim()]).not.toContain('')
      }
    }), { numRuns: 500 })
  })

  it('never throws on anything', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), async (text, stated) => {
      const { sets } = await readNotes(text, stated ? { framework: text.slice(0, 40) } : {})
      expect(sets.length).toBeLessThanOrEqual(1)
    }), { numRuns: 300 })
  })

  const many = 20_000
  it.each(Object.entries({
    'ids in one sentence': 'T1078 '.repeat(many),
    'different ids in one sentence': Array.from({ length: 9000 }, (_, index) => `T${1000 + index}.${100 + (index % 900)}`)
      .join(' '),
    'ids in one word': 'T1078/'.repeat(many),
    'nested lists': Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}- x\n`).join(''),
    'nested items of AsciiDoc': '***** x T1078\n'.repeat(many),
    'quotations': `${'>'.repeat(many)} T1078`,
    'open brackets': `${'['.repeat(many)}T1078`,
    'links that do not end': '[a](b "T1078 '.repeat(many),
    'labels': `${'[a][b] '.repeat(many)}\n\n[b]: https://attack.mitre.org/techniques/T1078`,
    'addresses': 'https://www.](www.'.repeat(many),
    'marks behind an address': `https://x${'.,'.repeat(many)}`,
    'comments': '<!-- T1078 '.repeat(many),
    'comments on lines': '<!--\n-->\n'.repeat(many),
    'marks at the end of sentences': `${'.'.repeat(many)})"`.repeat(10),
    'strong text': '**'.repeat(many),
    'underscores': `${'_'.repeat(many)}T1078`,
    'rows of a wide table': `| ${'a | '.repeat(2000)}\n|${'---|'.repeat(2000)}\n${'| x | T1078 |\n'.repeat(5000)}`,
    'headings': '# A T1078\n'.repeat(many),
    'stars and spaces': `${'* '.repeat(many)}x`,
    'dashes': `${'- '.repeat(many)}\n${'-'.repeat(many)}x`,
    'spaces': `a${' '.repeat(many)}T1078`,
    'a paragraph of many lines': 'x T1078\n'.repeat(many),
    'backslashes': `${'\\'.repeat(many)}T1078`,
  }))('takes linear time for %s', async (_what, text) => {
    const start = performance.now()
    await readNotes(text)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
