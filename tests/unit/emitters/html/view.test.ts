import { describe, expect, it } from 'vitest'
import { heatStyle } from '../../../../src/emitters/html/render-matrix.js'
import { createRowSorter, findRows, type FoundRows, type RowQuery } from '../../../../src/emitters/html/view/find-rows.js'
import { createSearch } from '../../../../src/emitters/html/view/search.js'
import { heatStep, listLegend, viewCell } from '../../../../src/emitters/html/view/matrix-cells.js'
import { describeCovered, writeCount, writeShare } from '../../../../src/emitters/html/view/counts.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { withdrawnSet } from '../../../contract/emitter-sets.js'
import { reportData } from './report-data.js'

const data = await reportData(sampleSet(), withdrawnSet())
const search = createSearch(data)

function query({ words = '', ...rest }: Partial<RowQuery> & { readonly words?: string }): FoundRows {
  return findRows(data, { columns: {}, techniques: {}, kind: 'all', ...rest }, search.test(words))
}

function find(wanted: Partial<RowQuery> & { readonly words?: string }): readonly number[] {
  return query(wanted).rows
}

function textOf(counts: ReadonlyMap<number, number>): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from(counts).filter(([text]) => text >= 0).map(([text, count]) => [data.texts[text], count]))
}

function idsOf(words: string): unknown {
  const { techniques, capabilities, comments } = search.subjects(words)
  return [techniques.map((index) => data.techniques[index]?.id), capabilities.map((index) => data.capabilities[index]?.id), comments]
}

describe('rows are found', () => {
  it.each([
    ['', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['  ', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['GuardDuty', [2]],
    ['t1190', [2, 5]],
    ['code SIGNING protect', [0]],
    ['example.org/keys', [0]],
    ['technique scores', [0, 1, 2]],
    ['ｈａｒｄｗａｒｅ', [0]],
    ['nothing like it', []],
  ])('by the words %j', (words, rows) => {
    expect(find({ words })).toEqual(rows)
  })

  it('by their kind', () => {
    expect([find({ kind: 'mapped' }), find({ kind: 'unmapped' })]).toEqual([[0, 1, 2, 5, 6, 7, 8, 9], [3, 4]])
  })

  it('by a column, and by several', () => {
    const detect = data.texts.indexOf('detect')
    expect(find({ columns: { category: detect } })).toEqual([1, 2])
    expect(find({ columns: { category: detect, value: data.texts.indexOf('minimal') } })).toEqual([1])
    expect(find({ columns: { set: 1 }, words: 'T1190' })).toEqual([5])
  })

  it('by a tactic', () => {
    expect(find({ techniques: { tactic: new Set([data.techniques.findIndex(({ id }) => id === 'T1190')]) } })).toEqual([2, 5])
  })
})

describe('values of filters are counted', () => {
  it('among the rows that the other filters find, so that a chosen filter still shows its alternatives', () => {
    const detect = data.texts.indexOf('detect')
    const { rows, facets } = query({ columns: { category: detect } })
    expect(rows).toEqual([1, 2])
    expect(textOf(facets.category)).toEqual({ protect: 1, detect: 2 })
    expect(textOf(facets.value)).toEqual({ minimal: 1, significant: 1 })
    expect(facets.set.get(0)).toBe(2)
    expect(facets.set.get(1)).toBeUndefined()
  })

  it('of kinds and techniques too, within the words', () => {
    const { kinds, byTechnique } = query({ words: 't1190', kind: 'unmapped' })
    expect(kinds).toEqual({ mapped: 2, unmapped: 0 })
    expect(byTechnique.tactic.every((count) => count === 0)).toBe(true)
    const technique = data.techniques.findIndex(({ id }) => id === 'T1190')
    expect(query({ techniques: { platform: new Set([-5]) } }).byTechnique.platform[technique]).toBe(2)
  })
})

describe('the search beneath the box', () => {
  it('finds techniques, capabilities and comments, those that begin with the words first', () => {
    expect(idsOf('T1553.002')).toEqual([['T1553.002'], [], []])
    expect(idsOf('guardduty')).toEqual([[], expect.arrayContaining(['amazon_guardduty']), []])
    expect(idsOf('hardware')).toEqual([expect.arrayContaining(['T1200', 'T1592.001']), [], [0]])
    expect(idsOf('  ')).toEqual([[], [], []])
    expect(search.subjects('brute').techniques.map((index) => data.techniques[index]?.id)[0]).toBe('T1110')
  })
})

describe('rows are sorted', () => {
  const sort = createRowSorter(data)
  const all = find({})

  it('by a key either way, blanks last, equals as they stand', () => {
    expect(sort(all, 'capability', false)).toEqual([5, 6, 7, 8, 9, 2, 3, 0, 1, 4])
    expect(sort(all, 'capability', true)).toEqual([0, 1, 3, 2, 5, 6, 7, 8, 9, 4])
    expect(sort(all, 'score', true).slice(0, 4)).toEqual([2, 0, 1, 3])
    expect(sort(all, 'set', true).slice(0, 2)).toEqual([5, 6])
    expect(sort([4, 2, 0], 'row', false)).toEqual([0, 2, 4])
  })
})

describe('a cell', () => {
  const counts = { capabilities: [4, 0, 1, 0, 0], best: [2, 0, 0, 0, 0], denied: [false, true, false, false, false] }

  it.each([
    [[0], 'count', { look: 'heat-8', text: '4' }],
    [[2], 'count', { look: 'heat-0', text: '1' }],
    [[0], 'best', { look: 'heat-8', text: '2' }],
    [[2], 'best', { look: 'unscored', text: '✓' }],
    [[1], 'count', { look: 'denied', text: '×' }],
    [[3, 2], 'count', { look: 'through', text: '0' }],
    [[3, 4], 'count', { look: 'none', text: '0' }],
  ] as const)('of %j by %s looks like %j', ([technique, ...subs], measure, view) => {
    expect(viewCell([technique, ...subs], counts, measure, measure === 'best' ? 2 : 4)).toEqual(view)
  })

  it('has the last colour where there is one value only, and never one beyond it', () => {
    expect([heatStep(1, 1), heatStep(9, 3), heatStep(1, 3), heatStep(2, 3)]).toEqual([8, 8, 0, 4])
  })
})

describe('the legend', () => {
  it('spreads counts, and names scores', () => {
    expect(listLegend('count', 9).map(({ text }) => text)).toEqual(['1', '3', '5', '7', '9', '0', '0', '×'])
    expect(listLegend('count', 0).map(({ text }) => text)).toEqual(['0', '0', '×'])
    expect(listLegend('best', 3).map(({ meaning }) => meaning).slice(0, 4))
      .toEqual(['minimal', 'partial', 'significant', 'no known score'])
  })
})

describe('numbers', () => {
  it('are written the same everywhere, and never say all or nothing where it is not so', () => {
    expect([0, 999, 1000, 1_234_567].map(writeCount)).toEqual(['0', '999', '1,000', '1,234,567'])
    expect([[0, 0], [0, 5], [1, 1000], [999, 1000], [5, 5], [1, 3]].map(([part = 0, whole = 0]) => writeShare(part, whole)))
      .toEqual(['–', '0%', '1%', '99%', '100%', '33%'])
    expect(describeCovered({ techniques: 1, ofTechniques: 2, subTechniques: 0, ofSubTechniques: 1 }))
      .toEqual({ techniques: '1 of 2', subTechniques: '0 of 1', share: '33%', width: 33.3 })
  })
})

describe.each(['blue', 'orange', 'viridis', 'cividis'] as const)('the palette %s', (palette) => {
  it('has an ink that can be read on each of its colours', () => {
    const pairs = Array.from(heatStyle(palette).matchAll(/light-dark\((#\w+),(#\w+)\);color:light-dark\((#\w+),(#\w+)\)/g), ([, a = '', b = '', c = '', d = '']) =>
      [[a, c], [b, d]] as const).flat()
    expect(pairs).toHaveLength(18)
    expect(pairs.filter(([paper, ink]) => contrast(paper, ink) < 4.5)).toEqual([])
  })
})

/** WCAG 2.1, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other].map(luminance).toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replaceAll(/\w/g, '$&$&') : colour
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
