import { describe, expect, it } from 'vitest'
import { detectParser } from '../../../../src/pipeline/understand.js'
import { decodeDocument } from '../../../../src/formats/decode-document.js'
import { badge, capabilityLink, columns, htmlPage, htmlRow, note, techniqueLink } from '../../../support/html-pages.js'
import { readHtmlPage } from '../../../support/read-html-page.js'

const valid = [techniqueLink('T1078'), 'Valid Accounts'] as const
const row = (id: string, slug: string) => (
  htmlRow(capabilityLink(id, slug, '1.0'), 'A thing', 'technique_scores', ...valid, note('Said.')))
const page = htmlPage('T1078 <span class="highlight">Valid Accounts</span>', [
  { title: 'AWS Mappings', columns: columns.relationNotes, rows: [row('aws_rds', 'aws'), row('aws_config', 'aws')] },
  { title: 'GCP Mappings', columns: columns.relationNotes, rows: [row('chronicle', 'gcp'), row('siemplify', 'gcp')] },
], { badges: badge('ATT&CK Version', '16.1') + badge('ATT&CK Domain', 'Enterprise') })

/** A table as bootstrap-table 1.22 draws it anew: indices, "-" for cells that were not there, and what it says below. */
function redraw(rows: readonly string[], showing: string): string {
  const header = columns.relationNotes.map(([label, field], index) => (
    `<th style="" id="data-field=${field}" data-field="${index}"><div class="th-inner sortable both">${label}</div>
      <div class="fht-cell"></div></th>`))
  return `<div class="bootstrap-table bootstrap5"><div class="fixed-table-toolbar"><input placeholder="Search"></div>
    <div class="fixed-table-container"><div class="fixed-table-header" style="display: none;"><table></table></div>
    <div class="fixed-table-body"><div class="fixed-table-loading"><span>Loading, please wait</span></div>
    <table class="table"><thead><tr>${header.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div></div>
    <div class="fixed-table-pagination"><div class="float-left pagination-detail"><span class="pagination-info">
      ${showing}
    </span><div class="page-list"><div class="btn-group dropdown dropup"><button><span class="page-size">10</span></button>
    <div class="dropdown-menu"><a class="dropdown-item active" href="#">10</a></div></div> rows per page</div></div>
    <div class="float-right pagination"><ul><li><a href="javascript:void(0)">1</a></li><li><a>2</a></li></ul></div></div></div>`
}

const drawn = (index: number, id: string, notes = '-') => `<tr data-index="${index}"><td>${capabilityLink(id, 'aws', '1.0')}</td>`
  + `<td>-</td><td>x</td><td>${techniqueLink('T1078')}</td><td>Valid Accounts</td><td>${notes}</td></tr>`

const saved = (...tables: readonly string[]) => `<!DOCTYPE html>
<!-- saved from url=(0098)https://example.org/mappings-explorer/attack/attack-16.1/domain-enterprise/techniques/T1078/ -->
<html><head><title>x</title></head><body><h1>T1078 Valid Accounts</h1>
${tables.map((table) => `<h2>AWS Mappings</h2>${table}`).join('')}</body></html>`

describe('a page that a browser saved after its scripts ran', () => {
  it('gives the rows that it shows, and reports the missing ones', async () => {
    const { sets, rows, diagnostics } = await readHtmlPage(saved(
      redraw([drawn(0, 'aws_rds', note('Said.')), drawn(1, 'aws_config')], 'Showing 1 to 2 of 53 rows'),
      redraw([drawn(0, 'aws_s3')], 'Showing 1 to 1 of 1 rows'),
      redraw([drawn(0, 'aws_iam')], 'Showing 1 to 1 of 1 rows (filtered from 9 total rows)'),
    ))
    expect(rows.map((one) => one.kind === 'mapped' && [one.capability.id, one.capability.description, one.comments])).toEqual([
      ['aws_rds', undefined, 'Said.'], ['aws_config', undefined, undefined],
      ['aws_s3', undefined, undefined], ['aws_iam', undefined, undefined],
    ])
    expect(sets[0]?.attack).toEqual({ domain: 'enterprise', version: '16.1' })
    expect(diagnostics.map(({ code, found }) => [code, found])).toEqual([
      ['parse/rows-missing', '2 of 53 rows'], ['parse/rows-missing', '1 of 9 rows'],
    ])
  })

  it('says so once for a table that is numbered above and below, and not for lists', async () => {
    const twice = redraw([drawn(0, 'aws_rds')], 'Showing 1 to 1 of 53 rows')
    const above = '<p>Showing 1 to 1 of 53 rows</p>'
    const labels = columns.capabilities.map(([label]) => `<th>${label}</th>`).join('')
    const list = `<table><tr>${labels}</tr><tr><td>aws_rds</td><td>AWS RDS</td><td>1</td></tr></table>`
    const { codes } = await readHtmlPage(saved(above + twice, `${list}<p>Showing 1 to 1 of 30 rows</p>`))
    expect(codes).toEqual(['parse/rows-missing'])
  })

  it('with an empty table has no rows', async () => {
    for (const empty of ['<tr class="no-records-found"><td colspan="6">No matching records found</td></tr>',
      '<tr data-index="0"><td colspan="6">No mappings found for this technique.</td><td>-</td><td>-</td></tr>']) {
      expect(await readHtmlPage(saved(redraw([empty], '')))).toMatchObject({ rows: [], codes: ['parse/no-mappings'] })
    }
  })

  it('may have its optional end tags left out', async () => {
    const short = page.replaceAll(/<\/(?:html|body|p|li|t[dhr]|thead|tbody)>/g, '')
    const { rows, codes } = await readHtmlPage(short)
    expect(codes).toEqual([])
    const { rows: all } = await readHtmlPage(page)
    expect(rows.map(({ origins: _origins, ...one }) => one)).toEqual(all.map(({ origins: _origins, ...one }) => one))
  })

  it('may be inside tables for layout', async () => {
    const { rows } = await readHtmlPage(`<table><tr><td>Menu</td><td>${page}</td></tr></table>`)
    expect(rows).toHaveLength(4)
  })
})

/** The page up to where a text stands for the nth time, from 0. */
function cut(text: string, nth = 0): string {
  return page.slice(0, Array.from({ length: nth + 1 }).reduce<number>((at) => page.indexOf(text, at + 1), 0))
}

describe('a page that breaks off', () => {
  it.each([
    ['in a row, before what it maps to', cut('T1078/">', 1), 1, 'row 2 of the table "AWS Mappings"; the row was skipped'],
    ['in a row\'s notes', cut('<ol>', 1), 2, 'row 2 of the table "AWS Mappings"; the row was kept up to that point'],
    ['behind a row', cut('</tbody>'), 2, 'the table "AWS Mappings"'],
    ['between two tables', cut('GCP Mappings'), 2, 'an unclosed <h2>'],
    ['in a header', cut('ATT&amp;CK ID', 1), 2, 'the table "GCP Mappings"'],
    ['behind the last table', cut('</div>\n<footer>'), 4, 'an unclosed <div>'],
  ])('%s is reported, and complete rows are kept', async (_where, text, count, found) => {
    const { rows, diagnostics } = await readHtmlPage(text)
    expect(rows).toHaveLength(count)
    expect(diagnostics.find(({ code }) => code === 'parse/truncated')?.found).toBe(`the page ends inside ${found}`)
  })

  it('anywhere in its content is reported', async () => {
    const body = page.indexOf('<section>')
    const end = page.indexOf('<footer>')
    for (let at = body; at < end; at += 7) {
      const { codes } = await readHtmlPage(page.slice(0, at))
      expect({ at, codes }).toMatchObject({ codes: expect.arrayContaining(['parse/truncated']) as unknown })
    }
    expect((await readHtmlPage(page)).codes).toEqual([])
  })
})

async function sniff(text: string) {
  const told: string[] = []
  const file = { name: 'page.html', path: 'page.html', bytes: new TextEncoder().encode(text), sha256: '' }
  const document = await decodeDocument(file, (code) => void told.push(code))
  const found = document && detectParser(document, undefined, (code) => void told.push(code))
  return { parser: found?.parser.id, confidence: found?.sniff.confidence, told }
}

describe('telling pages from other HTML', () => {
  it('goes by a table\'s header, the title, or the address', async () => {
    expect(await sniff(page)).toMatchObject({ parser: 'html-page', confidence: 0.95 })
    expect(await sniff('<title>TA0001 - Mappings Explorer</title><p>x')).toMatchObject({ parser: 'html-page', confidence: 0.7 })
    expect(await sniff(saved())).toMatchObject({ parser: 'html-page', confidence: 0.7 })
    expect(await sniff('<html><title>News</title><table><tr><th>A<th>B<tr><td>1<td>2</table>')).toMatchObject({
      parser: undefined, told: ['parse/unknown-format'],
    })
  })
})
