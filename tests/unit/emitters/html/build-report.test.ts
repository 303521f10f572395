import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { coverSet } from '../../../../src/coverage/cover-set.js'
import { buildReport } from '../../../../src/emitters/html/emit-report.js'
import { countSets } from '../../../../src/emitters/table/set-facts.js'
import { allRows, countCells } from '../../../../src/emitters/html/view/matrix-cells.js'
import { emitContext } from '../../../support/emit-context.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { hostileSet, unmappedSet, withdrawnSet } from '../../../contract/emitter-sets.js'
import { reportData } from './report-data.js'

describe('the data of the report', () => {
  it('say of each row what it says, once', async () => {
    const { rows, capabilities, techniques, texts, remarks } = await reportData(sampleSet())
    const textAt = (column: readonly number[] | undefined, row: number): string | undefined => texts[column?.[row] ?? -1]
    expect(rows.capability.map((index) => capabilities[index]?.id)).toEqual(['aws_cloudhsm', 'aws_cloudhsm', 'amazon_guardduty', 'aws_artifact', undefined])
    expect(rows.technique.map((index) => techniques[index]?.id)).toEqual(['T1553.002', 'T1553.002', 'T1190', undefined, 'T1583.001'])
    expect([0, 1, 2, 3].map((row) => textAt(rows.category, row))).toEqual(['protect', 'detect', 'detect', undefined])
    expect(textAt(rows.relation, 0)).toBe('Technique Scores')
    expect(rows.references?.[0]?.map((index) => texts[index])).toEqual(['https://example.org/cloudhsm', 'https://example.org/keys'])
    expect(rows.origins[4]?.map(([document, place]) => [texts[document], place])).toEqual([['sample.txt', 'line 18']])
    expect(remarks).toEqual([{ row: 0, facts: [{ label: 'Score of the parent technique', value: 'T1553' }] }])
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('leave out columns in which no row says anything', async () => {
    const { rows } = await reportData(withdrawnSet())
    expect(Object.keys(rows)).toEqual(['set', 'capability', 'technique', 'relation', 'origins'])
  })

  it('keep what a row says beyond the columns: its own author, versions and names', async () => {
    const { remarks } = await reportData(hostileSet('ten'))
    const labels = remarks.find(({ row }) => row === 0)?.facts.map(({ label }) => label)
    expect(labels).toEqual([
      'Technique, as the row names it', 'Score of the parent technique', 'Author', 'Contact', 'Organisation', 'Framework of the row',
      'Version of that framework', 'ATT&CK domain of the row', 'ATT&CK version of the row', "Auditor's verdict", "Auditor's initials",
      "Auditor's remark",
    ])
  })

  it('name the techniques that have no cell, and why', async () => {
    const { sets, techniques } = await reportData(withdrawnSet())
    expect(sets[0]?.outside.map(({ technique, reason, rows }) => [techniques[technique]?.id, reason, rows]))
      .toEqual([['T1066', 'revoked', 1], ['T1108', 'deprecated', 1], ['T9999', 'unknown', 1], ['TA0001', 'unknown', 1]])
  })

  it('remark on capabilities that map to nothing', async () => {
    const { capabilities } = await reportData(unmappedSet())
    expect(capabilities.map(({ id, remark }) => [id, remark])).toEqual([
      ['amazon_guardduty', 'listed without rows'], ['aws_artifact', 'declared unmappable'], ['aws_cloudhsm', 'listed without rows'],
    ])
  })

  it('tell sets of the same name apart, and count them together as every artifact does', async () => {
    const { sets, counts } = await reportData(sampleSet(), sampleSet())
    expect(sets.map(({ title }) => title)).toEqual(['AWS 12/12/2024 and Enterprise ATT&CK 16.1', 'AWS 12/12/2024 and Enterprise ATT&CK 16.1 (2)'])
    expect(counts).toEqual(countSets([sampleSet(), sampleSet()]))
  })

  it('have a matrix for each domain', async () => {
    const mobile = { ...sampleSet(), attack: { domain: 'mobile', version: '16.1' } as const }
    const { matrices } = await reportData(mobile, sampleSet(), { ...sampleSet(), attack: { domain: 'enterprise', version: '9.0' } })
    expect(matrices.map(({ title }) => title)).toEqual(['Enterprise ATT&CK 9.0, 16.1', 'Mobile ATT&CK 16.1'])
    expect(matrices[0]?.tactics.map(({ name }) => name).slice(0, 3)).toEqual(['Reconnaissance', 'Resource Development', 'Initial Access'])
  })

  it.each([['all kinds', sampleSet()], ['withdrawn techniques', withdrawnSet()], ['no mapping', unmappedSet()]])(
    'count the cells as the coverage of the set does: %s', async (_name, set) => {
      const attack = await loadAttackIndex()
      const data = buildReport([set], emitContext(attack))
      const counts = countCells(data, allRows(data))
      const cells = new Map(data.techniques.map(({ id }, index) => [id, [counts.capabilities[index], counts.denied[index]]]))
      const covered = coverSet({ label: 'x', set }, attack).techniques
      expect(covered.map(({ id }) => cells.get(id)))
        .toEqual(covered.map(({ capabilities, state }) => [capabilities.length, state === 'unmappable']))
    })

  it('report characters that no page can hold', () => {
    const context = emitContext()
    buildReport([hostileSet('a\u0000b\ufffe')], context)
    expect(context.log.entries.map(({ code, message }) => [code, message])).toEqual([
      ['emit/text-adjusted', 'Characters that XML forbids were removed in the report (HTML)'],
    ])
  })

  it('shorten nothing', async () => {
    const long = 'word '.repeat(8000).trim()
    expect((await reportData(hostileSet(long))).texts).toContain(long)
  })
})
