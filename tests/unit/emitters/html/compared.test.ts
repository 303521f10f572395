import { describe, expect, it } from 'vitest'
import { diffPage } from '../../../../src/analyses/diff/diff-page.js'
import { describeDiff } from '../../../../src/analyses/diff/describe-diff.js'
import { diffReport } from '../../../../src/analyses/diff/diff-report.js'
import { diffSets, pairSets } from '../../../../src/analyses/diff/diff-sets.js'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { renderChanges } from '../../../../src/emitters/html/render-changes.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { createReportTable } from '../../../../src/model/report-table.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { sampleSet } from '../../../support/sample-sets.js'

const attack = await loadAttackIndex()

async function compare(old: readonly ResolvedSet[], fresh: readonly ResolvedSet[]) {
  const pairing = pairSets(old, fresh)
  const diffs = pairing.pairs.map(([one, other]) => describeDiff(diffSets(one, other), attack))
  const [page] = await diffPage({ analysis: diffReport(diffs, pairing), pairing }, { attack, report: () => undefined, diagnostics: [] })
  if (!page) throw new Error('There is no page')
  return { page, text: new TextDecoder().decode(await page.render()) }
}

function mappedOnly(set: ResolvedSet): ResolvedSet {
  return { ...set, mappings: set.mappings.slice(0, 2) }
}

describe('the page of a comparison', () => {
  it('has old and new side by side, opens with the comparison, and lists what changed', async () => {
    const { page, text } = await compare([mappedOnly(sampleSet())], [sampleSet()])
    expect(page).toMatchObject({ name: 'aws-12.12.2024_attack-16.1-enterprise.diff.html', emitter: 'diff', schema: 'html-report' })
    expect(page.value).toMatchObject({ compares: true, sets: [{ title: expect.stringMatching(/^Old: AWS/) }, { title: expect.stringMatching(/^New: AWS/) }] })
    expect(await schemaErrors('html-report', page.value)).toEqual([])
    expect(text).toContain('<title>From AWS 12/12/2024')
    expect(text).toContain('<section id="changes"')
    expect(text).toMatch(/Rows added: 3/)
    expect(text).toContain('old and new</option>')
  })

  it('compares two frameworks, which have no changes to list', async () => {
    const other: ResolvedSet = { ...sampleSet(), framework: { id: 'other', name: 'Other', version: '1' } }
    const { page, text } = await compare([sampleSet()], [other])
    expect(page.value).toMatchObject({ compares: true, sets: [{ title: expect.stringMatching(/^Old: AWS/) }, { title: expect.stringMatching(/^New: Other/) }] })
    expect(text).toContain('compared with Other 1')
    expect(text).not.toContain('<section id="changes"')
  })

  it('shows the first 500 rows of a table, says so, and escapes every cell', () => {
    const table = createReportTable({ name: 'rows', title: 'Rows added', about: 'Of the new set.' }, Array.from({ length: 501 }, (_, index) => index), [
      { key: 'id', title: 'Id', kind: 'id', cell: (index) => `<b>${index}</b>` },
      { key: 'place', title: 'Place', kind: 'text', only: 'files', cell: () => 'hidden' },
      { key: 'blank', title: 'Blank', kind: 'text', cell: () => undefined },
      { key: 'count', title: 'Count', kind: 'number', cell: (index) => index },
    ])
    const { html } = renderChanges([table])
    expect(html.match(/<tr>/g)).toHaveLength(501)
    expect(html).toContain('The first 500 of 501.')
    expect(html).toContain('&lt;b&gt;499&lt;/b&gt;')
    expect(html).not.toMatch(/<b>|hidden|Blank|&lt;b&gt;500/)
    expect(renderChanges([{ ...table, rows: [] }]).html).toContain('Nothing changed.')
  })
})
