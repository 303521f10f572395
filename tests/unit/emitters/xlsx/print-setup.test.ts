import { describe, expect, it } from 'vitest'
import { pagesAcross, printSetup } from '../../../../src/emitters/xlsx/sheet-layout.js'

function columnsOf(count: number, width: number): readonly { readonly width: number }[] {
  return Array.from({ length: count }, () => ({ width }))
}

describe('a printed table', () => {
  it.each([
    [0, 'a4', 1], [7, 'a4', 1], [8, 'a4', 2], [10, 'a3', 1], [11, 'a3', 2], [21, 'a3', 3],
  ] as const)('of %i columns of 40 characters on %s is %i pages wide', (count, paper, pages) => {
    expect(pagesAcross(columnsOf(count, 40), paper)).toBe(pages)
  })

  it('is fitted to that width, and as long as it takes', () => {
    expect(printSetup('Mappings', 'a3', true, 0, 2).pageSetup).toMatchObject({ fitToPage: true, fitToWidth: 2, fitToHeight: 0 })
  })
})
