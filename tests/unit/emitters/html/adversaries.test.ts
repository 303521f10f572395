import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { buildReport } from '../../../../src/emitters/html/emit-report.js'
import {
  describeUsed, describeUsers, listAdversaryChoices, listUsed, techniquesInMatrices,
} from '../../../../src/emitters/html/view/adversaries.js'
import { coverSets } from '../../../../src/emitters/html/view/compare-sets.js'
import { listFigures } from '../../../../src/emitters/html/view/counts.js'
import { findRows, shownTechniques } from '../../../../src/emitters/html/view/find-rows.js'
import { allRows, countCells, viewFiltered } from '../../../../src/emitters/html/view/matrix-cells.js'
import { writeLayer } from '../../../../src/emitters/html/view/take-away.js'
import { drawMatrix } from '../../../../src/emitters/html/view/draw-matrix.js'
import { listTechniqueFilters } from '../../../../src/emitters/html/view/technique-filters.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { emitContext } from '../../../support/emit-context.js'
import { sampleAgainst } from '../../../support/sample-adversaries.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { reportPage } from './report-data.js'

const context = { ...emitContext(await loadAttackIndex()), against: sampleAgainst() }
const data = buildReport([sampleSet()], context)
const counts = countCells(data, allRows(data))
const [group] = data.adversaries ?? []
if (!group) throw new Error('There is no adversary')

function idsOf(techniques: Iterable<number>): readonly (string | undefined)[] {
  return Array.from(techniques, (index) => data.techniques[index]?.id)
}

describe('adversaries in the report', () => {
  it('have their own techniques first, and how they use each, and are valid', async () => {
    expect(data.adversaries?.map(({ id, from, own }) => [id, from, own])).toEqual([['G9001', 'Enterprise ATT&CK 18.1', 5], ['S9001', 'Enterprise ATT&CK 18.1', 1]])
    expect(idsOf(group.techniques)).toEqual(['T1059.001', 'T1190', 'T1553.002', 'T1583.001', 'T9999', 'T1110'])
    expect(group.uses.map((uses) => uses.map((text) => data.texts[text]))[0]).toEqual(['itself', 'software Hammock (S9001)'])
    expect(await schemaErrors('html-report', data)).toEqual([])
  })

  it('say what is covered, what is not, and what the matrix does not have', () => {
    const used = listUsed(data, group, counts, techniquesInMatrices(data))
    expect(used.map(({ technique, isOwn, state }) => [data.techniques[technique]?.id, isOwn, state])).toEqual([
      ['T1059.001', true, 'not covered'], ['T1583.001', true, 'not covered'], ['T1190', true, 'covered'], ['T1553.002', true, 'covered'],
      ['T9999', true, 'not in the matrix'], ['T1110', false, 'not covered'],
    ])
    expect(describeUsed(group, used)).toEqual([
      'Fancy <b>Sloth</b> uses 5 techniques, itself or in its campaigns: 2 covered, 2 not covered; 1 is not in the matrix.',
      'Only its software uses 1 further technique: 0 covered, 1 not covered.',
    ])
    expect(describeUsers(data, data.techniques.findIndex(({ id }) => id === 'T1110')))
      .toEqual(['Fancy <b>Sloth</b> (G9001): software Hammock (S9001)', 'Hammock (S9001): itself'])
  })

  it('are a filter, alone and with their software, with the rows of each', () => {
    expect(listAdversaryChoices(data).map(({ name, techniques }) => [name, techniques.size])).toEqual([
      ['Fancy <b>Sloth</b> (G9001)', 5], ['Fancy <b>Sloth</b> (G9001) and its software', 6], ['Hammock (S9001)', 1],
    ])
    const filter = listTechniqueFilters(data).find(({ part }) => part === 'against')
    const against = filter?.choices[0]?.techniques ?? new Set()
    const { rows } = findRows(data, { columns: {}, techniques: { against }, kind: 'all' }, () => true)
    expect(idsOf(rows.map((row) => data.rows.technique[row] ?? -1))).toEqual(['T1553.002', 'T1553.002', 'T1190', 'T1583.001'])
    const only = shownTechniques({ columns: {}, techniques: { against }, kind: 'all' })
    expect(listFigures(data, countCells(data, rows), rows, only).map(([number]) => number)).toEqual(['2 of 4', '2 of 3', '2'])
    expect(coverSets(data, rows, only)[0]).toMatchObject({ techniques: 1, ofTechniques: 1, subTechniques: 1, ofSubTechniques: 3 })
  })

  it('meet other filters by technique', () => {
    const filters = listTechniqueFilters(data)
    const choose = (part: string, name: string): ReadonlySet<number> =>
      filters.find((filter) => filter.part === part)?.choices.find((choice) => choice.name === name)?.techniques ?? new Set()
    const both = { against: choose('against', 'Fancy <b>Sloth</b> (G9001)'), platform: choose('platform', 'PRE') }
    expect(idsOf(shownTechniques({ columns: {}, techniques: both, kind: 'all' }) ?? [])).toEqual(['T1583.001'])
    expect(shownTechniques({ columns: {}, techniques: {}, kind: 'all' })).toBeUndefined()
    expect(shownTechniques({ columns: {}, techniques: both, kind: 'all' }, ['tactic'])).toBeUndefined()
  })

  it('make what nothing maps to stand out, and leave others out, in pictures and layers too', () => {
    const only = new Set(group.techniques.slice(0, group.own))
    const index = (id: string): number => data.techniques.findIndex((technique) => technique.id === id)
    const filter = { only, isAgainst: true }
    const cell = { look: 'none', text: '0' }
    expect(viewFiltered([index('T1059.001')], cell, filter)).toEqual({ look: 'open', text: '0' })
    expect(viewFiltered([index('T1190')], { look: 'heat-1', text: '1' }, filter)).toEqual({ look: 'heat-1', text: '1' })
    expect(viewFiltered([index('T1059')], { look: 'heat-1', text: '1' }, filter)).toEqual({ look: 'holder', text: '' })
    expect(viewFiltered([index('T1059.001')], cell, { only, isAgainst: false })).toEqual(cell)

    const [matrix] = data.matrices
    if (!matrix) throw new Error('There is no matrix')
    const facts = { filter: undefined, measure: 'count', highest: 1, colors: ['#ffffff', '#000000'] } as const
    const layer = JSON.parse(writeLayer(data, matrix, counts, { ...facts, ...filter }))
    expect(layer.techniques.filter(({ color }: { color?: string }) => color !== undefined).map(({ techniqueID }: { techniqueID: string }) => techniqueID))
      .toEqual(['T1059.001', 'T1583.001'])
    expect(layer.techniques.map(({ techniqueID }: { techniqueID: string }) => techniqueID)).toEqual(['T1059', 'T1059.001', 'T1190', 'T1553', 'T1553.002', 'T1583', 'T1583.001'])
    const picture = drawMatrix({
      data, matrix, only, legend: [], filter: undefined, colours: () => ({ fill: '#ffffff', color: '#000000' }),
      view: (entry) => viewFiltered(entry, { look: 'none', text: '0' }, filter),
    })
    expect(picture.cells.filter(({ kind }) => kind !== 'tactic').flatMap(({ id }) => id ?? []).toSorted())
      .toEqual(['T1059', 'T1059.001', 'T1190', 'T1553', 'T1553.002', 'T1583', 'T1583.001'])
  })

  it('are in the page as tables, with what covers them, and as text', async () => {
    const page = await reportPage([sampleSet()], context)
    expect(page).toContain('<section id="adversaries"')
    expect(page).toContain('<bdi>Fancy &lt;b&gt;Sloth&lt;/b&gt; (G9001)</bdi>')
    expect(page).toMatch(/T1190 Exploit Public-Facing Application<\/bdi><\/td><td><span class="state covered">covered<\/span><\/td><td><bdi>itself<\/bdi><\/td><td><bdi>amazon_guardduty/)
    expect(page).toContain('href="#matrix?against=Fancy+%3Cb%3ESloth')
    expect(page).not.toContain('attack-stix-data')
  })

  it('are none without a bundle, and the report says how to get one', async () => {
    const page = await reportPage([sampleSet()])
    expect(page).not.toContain('<section id="adversaries"')
    expect(page).toContain('--against APT29')
    expect(page).toContain('https://github.com/mitre-attack/attack-stix-data')
  })

  it('are none in a report of another domain', () => {
    expect(buildReport([sampleSet()], { ...context, against: sampleAgainst('mobile') }).adversaries).toBeUndefined()
  })
})
