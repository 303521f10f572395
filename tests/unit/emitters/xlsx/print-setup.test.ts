import { describe, expect, it } from 'vitest'
import { columnWidth, pagesAcross, printXml } from '../../../../src/emitters/xlsx/sheet-layout.js'

function columnsOf(count: number, width: number): readonly { readonly width: number }[] {
  return Array.from({ length: count }, () => ({ width }))
}

describe('a printed table', () => {
  it.each([
    [0, 'a4', 1], [7, 'a4', 1], [8, 'a4', 2], [8, 'a3', 1], [9, 'a3', 2], [18, 'a3', 3],
  ] as const)('of %i columns of 40 characters on %s is %i pages wide', (count, paper, pages) => {
    expect(pagesAcross(columnsOf(count, 40), paper)).toBe(pages)
  })

  it('does not print its folded columns', () => {
    const folded = columnsOf(20, 40).map((column) => ({ ...column, folded: true as const }))
    expect(pagesAcross([...columnsOf(8, 40), ...folded], 'a3')).toBe(1)
  })

  it('is fitted to that width, and as long as it takes', () => {
    expect(printXml('Mappings', 'a3', 0, 2)).toContain('<pageSetup paperSize="8" orientation="landscape" fitToWidth="2" fitToHeight="0"/>')
  })
})

it.each([
  ['Auditor verdict', 14, 18], ['Auditor verdict', 17, 18], ['Auditor verdict', 18, 18], ['Auditor verdict', 12, 12], ['Cases', 8, 8], ['Cases', 7, 8],
] as const)('the column %j of %i characters is %i wide: the button of the filter does not cover the title', (title, width, wider) => {
  expect(columnWidth({ title, width })).toBe(wider)
})
