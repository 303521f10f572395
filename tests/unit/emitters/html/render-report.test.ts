import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { understand } from '../../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../../src/pipeline/host.js'
import { loadReportAssets } from '../../../../src/emitters/html/report-assets.js'
import { emitContext } from '../../../support/emit-context.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emptySet, hostileSet, hostileTexts } from '../../../contract/emitter-sets.js'
import { validateFile } from '../../validation/validate-file.js'
import { reportPage } from './report-data.js'

const page = await reportPage([sampleSet()])

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

describe('the page', () => {
  it('allows its own script and style, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? ''
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    expect(policy.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; script-src '${sha256(script)}'; style-src '${sha256(style)}'; base-uri 'none'; form-action 'none'`,
    )
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'))
  })

  it('has no handlers, no styles in attributes, and no address that is loaded', () => {
    const markup = page.replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '')
    expect(markup).not.toMatch(/\s(?:on[a-z]+|style|src|action)=/)
    expect(markup).not.toMatch(/<(?:link|img|iframe|object|embed|base)\b/)
    expect(page).not.toMatch(/@import|url\(|\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write|fetch\(|XMLHttpRequest/)
  })

  it('has one script, one style and one place of data', () => {
    expect([page.match(/<script/g)?.length, page.match(/<\/script/g)?.length, page.match(/<style/g)?.length]).toEqual([2, 2, 1])
  })

  it.each(Object.entries(hostileTexts))('keeps %s as text', async (_name, text) => {
    const hostile = await reportPage([hostileSet(text)])
    expect([hostile.match(/<script/g)?.length, hostile.match(/<\/script/g)?.length, hostile.match(/<!--/g)]).toEqual([2, 2, null])
    expect(hostile).not.toMatch(/[\u2028\u2029]/)
    const data: unknown = JSON.parse(/id="data">(.*)<\/script>/.exec(hostile)?.[1] ?? '')
    expect(data).toMatchObject({ counts: { rows: 4 } })
  })

  it('can be made of nothing', async () => {
    expect(await reportPage([emptySet()])).toContain('<h1><bdi>Empty and Enterprise ATT&amp;CK</bdi></h1>')
  })

  it('lets long names part after a slash, not inside of a word', async () => {
    const full = await reportPage([sampleSet()], emitContext(await loadAttackIndex()))
    expect(full).toContain('<bdi class="name">Search Open Websites/<wbr>Domains</bdi>')
  })

  it('shows notes', async () => {
    const context = { ...emitContext(), diagnostics: [{ code: 'parse/empty-row', severity: 'warning', message: 'A row <b> is empty' }] as const }
    expect(await reportPage([sampleSet()], context)).toContain('<bdi>A row &lt;b&gt; is empty</bdi>')
  })
})

describe('the script and the style of the page', () => {
  it('are plain ASCII that ends neither element, the same each time', async () => {
    const { script, style } = await loadReportAssets()
    expect(`${script}${style}`).toMatch(/^[\x20-\x7E\n]*$/)
    expect(`${script}${style}`).not.toMatch(/<\/(?:script|style)|<!--/i)
    expect(script.length).toBeLessThan(60_000)
  })
})

describe('a report as a document', () => {
  it('is skipped, not read as a page of the Mappings Explorer', async () => {
    const { sets, diagnostics } = await understand({ inputs: [] }, createMemoryHost({ 'report.html': page }))
    expect(sets).toEqual([])
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['read/skipped', 'report.html is a report written by Crosswalk and was skipped'],
    ])
  })

  it('is known to validate, which finds what was changed', async () => {
    expect(await validateFile(page, 'report.html')).toEqual({ kind: 'html-report', found: [] })
    expect(await validateFile(page.replace('"remarks":', '"marks":'), 'report.html')).toEqual({ kind: 'html-report', found: ['verify/schema'] })
    expect(await validateFile(page.replace('id="data">{', 'id="data">'), 'report.html')).toEqual({ kind: 'html-report', found: ['verify/schema'] })
  })
})
