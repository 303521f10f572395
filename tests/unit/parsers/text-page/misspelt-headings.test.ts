import { describe, expect, it } from 'vitest'
import { readHtmlPage } from '../../../support/read-html-page.js'
import { readTextPage } from '../../../support/read-text-page.js'

const header = 'Capability ID Capability Description Category Value ATT&CK ID ATT&CK Name Notes'

function page({ list = 'Non-Mappable Capabilities', listHeader = 'Capability ID Capability Description', tableHeader = header } = {}): string {
  return [
    'GCP', '', 'GCP Versions: 06.28.2022 ATT&CK Versions: 10.0 ATT&CK Domain: Enterprise', '', 'All Mappings', '', tableHeader,
    'chronicle Chronicle detect minimal T1021.002 SMB/Windows Admin Shares', 'chronicle Chronicle protect partial T1053 Scheduled Task/Job', '',
    list, '', 'These are out of scope.', '', listHeader, 'cloud_nat Cloud NAT', 'packet_mirroring Packet Mirroring', '',
  ].join('\n')
}

const warned = async (text: string) => {
  const { rows, codes, diagnostics } = await readTextPage(text)
  return { rows: rows.length, codes, diagnostics }
}

const html = (list: string) => `<html><body><h1>GCP</h1><h2>All Mappings</h2><table><tr><th>Capability ID</th><th>Capability Description</th>
  <th>Category</th><th>Value</th><th>ATT&amp;CK ID</th><th>ATT&amp;CK Name</th></tr>
  <tr><td>chronicle</td><td>Chronicle</td><td>detect</td><td>minimal</td><td>T1053</td><td>Scheduled Task/Job</td></tr></table>
  <h2>${list}</h2><table><tr><th>Capability ID</th><th>Capability Description</th></tr>
  <tr><td>cloud_nat</td><td>Cloud NAT</td></tr></table></body></html>`

const readHtml = async (list: string) => {
  const read = await readHtmlPage(html(list))
  return [read.rows.length, read.diagnostics.map(({ code, count = 1 }) => `${code} ${count}`)]
}

describe('a page with a slip in a heading', () => {
  it('is read without a report if there is none', async () => {
    expect(await warned(page())).toMatchObject({ rows: 4, codes: [] })
  })

  it.each([
    'Non-Mappable Capabiliti es', 'Non-Mapable Capabilities', 'Non‑Mappable Capabilities', 'Non-Mappable Capabilitles', 'Non - Mappable Capabilities',
    'Non-Mappable Capabiliti\u2028es',
  ])('is read by what the heading is like, and that is reported: %j', async (list) => {
    const { rows, diagnostics } = await warned(page({ list }))
    expect(rows).toBe(4)
    expect(diagnostics).toMatchObject([{ code: 'parse/unknown-section', message: 'A heading was read as "Non-Mappable Capabilities"' }])
  })

  it.each(['Out of scope', 'Non-Map\u2028pable Capabilities', ''])('reports the lines below a heading that is unknown: %j', async (list) => {
    const { rows, diagnostics } = await warned(page({ list }))
    expect(rows).toBe(2)
    expect(diagnostics).toMatchObject([{ code: 'parse/unknown-section', count: 2 }])
  })

  it('reports column titles with a slip, and the rows below them', async () => {
    expect((await warned(page({ listHeader: 'Capability ID Capability Descripton' }))).codes).toContain('parse/unknown-section')
    const { codes } = await warned(page({ tableHeader: header.replace('Description', 'Descripton') }))
    expect(codes.filter((code) => code === 'parse/unreadable-row')).toHaveLength(2)
    expect(codes).toContain('parse/unknown-section')
  })

  it('is the same as HTML', async () => {
    expect(await readHtml('Non-Mappable Capabilities')).toEqual([2, []])
    expect(await readHtml('Non-Mappable Capabiliti es')).toEqual([2, ['parse/unknown-section 1']])
    expect(await readHtml('Others')).toEqual([1, ['parse/unknown-section 1']])
  })
})
