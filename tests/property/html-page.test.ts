import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Origin } from '../../src/model/origin.js'
import { columns, htmlPage, htmlRow, note } from '../support/html-pages.js'
import { readHtmlPage } from '../support/read-html-page.js'

const header = `<tr>${columns.relationNotes.map(([label]) => `<th>${label}</th>`).join('')}</tr>`

/** Pieces of HTML that mean something to the reader, whole and broken, mixed with pieces that mean nothing. */
const piece = fc.oneof(
  fc.constantFrom(
    '<table>', '</table>', '<thead>', '<tbody>', '<tr>', '</tr>', '<td>', '</td>', '<th>', '<td colspan="6">',
    '<tr data-index="0">', '<h1>', '</h1>', '<h2>',
    '<div>', '</div>', '<p>', '</p>', '<ol>', '<li>', '<a href="', '">', '</a>', '<script>', '</script>', '<!--', '-->',
    '<title>', '</title>', '<svg>', '<textarea>',
    '<div class="title">', '<div class="body">', 'Comments', 'References', '<span class="highlight">', 'T1078', 'AWS Mappings',
    'aws_rds', 'None', '-', '&nbsp;', '&#0;',
    '&#xD800;', '&#x110000;', '<br/>', 'Showing 1 to 2 of 3 rows', 'the first 5 of 9 mappings', 'ATT&CK Version', '16.1',
    '__proto__', 'constructor', '\0', '\uFFFD', header,
    htmlRow('aws_rds', 'AWS RDS', 'x', 'T1078', 'Valid Accounts', note('Said.', 'https://example.org/')),
    htmlRow('__proto__', 'toString', 'constructor', 'T1078', 'x'),
    '<a href="https://x/external/constructor/attack-1.0/domain-enterprise/constructor-1/x/">',
    '<a href="/external/%/attack-1.0/domain-x/%-%E0%A4%A/">',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

describe('reading an HTML page', () => {
  it('never throws and always gives places, whatever the soup', async () => {
    await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 60 }), fc.boolean(), async (pieces, stated) => {
      const options = stated ? { statements: { framework: 'x' } } : {}
      const { rows, diagnostics } = await readHtmlPage(`<html>${pieces.join('')}`, options)
      const origins = [...rows.flatMap((row) => row.origins), ...diagnostics.flatMap(({ origin }) => origin ?? [])]
      expect(origins.every(isInPage)).toBe(true)
      for (const row of rows) {
        expect(row.comments).not.toBe('')
        expect(row.references).not.toEqual([])
        expect(row.kind === 'unmapped-technique' || row.capability.id !== '').toBe(true)
      }
    }), { numRuns: 600 })
  })

  it('never throws on bytes', async () => {
    const start = fc.constantFrom('<html>', '<!DOCTYPE html><meta charset=shift_jis>', '\uFEFF<p>', '')
    await fc.assert(fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), async (text, bytes) => {
      const { rows } = await readHtmlPage(Uint8Array.from([...new TextEncoder().encode(text), ...bytes]))
      expect(rows).toEqual([])
    }), { numRuns: 300 })
  })

  it('gives each row with its very cells, whatever they hold', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((cell) => !/^(?:|None|-)$/.test(tidy(cell)) && !cell.includes('\0'))
    const cells = fc.record({ id: text, description: text, relation: text, name: text, comments: text })
    await fc.assert(fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 8 }), async (wanted) => {
      const rows = wanted.map(({ id, description, relation, name, comments }) => (
        htmlRow(escape(id), escape(description), escape(relation), 'T1078', escape(name), note(escape(comments)))))
      const read = await readHtmlPage(htmlPage('T1078', [{ title: 'AWS Mappings', columns: columns.relationNotes, rows }]))
      expect(read.rows.map((row) => row.kind === 'mapped' && {
        id: row.capability.id, description: row.capability.description, relation: row.relation, name: row.technique.name,
        comments: tidy(row.comments ?? ''),
      })).toEqual(wanted.map((row) => Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, tidy(cell)]))))
    }), { numRuns: 300 })
  })

  it('takes linear time on hostile pages', async () => {
    const many = 20_000
    const row = htmlRow('aws_rds', 'x', 'y', 'T1078', 'z')
    const table = `<table>${header}${row}</table>`
    const texts = [
      table.repeat(many / 10), `<table>${header}`.repeat(100), `<table>${header}${row.repeat(many)}`,
      `${table}<p>Showing 1 to 1 of 2 rows</p>`.repeat(many / 10),
      `<p>Showing 1 to 1 of 2 rows</p>`.repeat(many) + table, '<h2>AWS Mappings</h2>'.repeat(many),
      `<table>${header}<tr>${'<td>a'.repeat(many)}</table>`,
      `<table>${'<tr>'.repeat(many)}${header}</table>`,
      `<table>${header}<tr><td>${'<div class="title">Comments</div>'.repeat(many)}</table>`,
      `<table>${header}<tr>${'<td>x</td>'.repeat(5)}<td><i class=title>References</i><i class=body>${'<a href=https://x>y</a>'.repeat(many)}</table>`,
      `<table>${`<th>${'Capability ID '.repeat(10)}</th>`.repeat(many / 10)}</table>`, `<h1>${'AWS '.repeat(many)}</h1>${table}`,
      `<table>${header}<tr><td><a href="${'/external/a/attack-1/domain-x/'.repeat(many)}">x</a></table>`,
      '<table><tr><td>'.repeat(160) + table,
    ]
    for (const text of texts) {
      const start = performance.now()
      await readHtmlPage(`<html>${text}</html>`)
      const isQuick = performance.now() - start < 5000
      expect({ text: text.slice(0, 60), isQuick }).toEqual({ text: text.slice(0, 60), isQuick: true })
    }
  })
})

function isInPage({ place }: Origin): boolean {
  return place.kind === 'file' || (place.kind === 'text' && place.line >= 1 && place.column >= 1)
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** What a browser shows of a text, in the form that documents are read in. */
function tidy(text: string): string {
  return text.normalize('NFC').replaceAll(/[\u200B\u2060\uFEFF]/g, '').replaceAll(/\s+/g, ' ').trim()
}
