import type { WriteSheet } from 'hucre/xlsx'

const margin = 0.4

/** The widest sheet, in characters, whose text is still read when it is fitted to one page of the paper: about 5 points. */
const readableWidth = { a4: 280, a3: 400 } as const

/** How many pages side by side a table of such columns takes to be read. */
export function pagesAcross(columns: readonly { readonly width: number }[], paper: 'a4' | 'a3'): number {
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  return Math.max(1, Math.ceil(width / readableWidth[paper]))
}

/** Landscape, as many pages wide as given, and as many long as it takes, or `pages`; `grid` draws the lines between cells. */
export function printSetup(
  footer: string, paper: 'a4' | 'a3', grid: boolean, pages = 0, across = 1,
): Pick<WriteSheet, 'pageSetup' | 'headerFooter'> {
  return {
    pageSetup: {
      paperSize: paper,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: across,
      fitToHeight: pages,
      margins: { left: margin, right: margin, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      showGridLines: grid,
    },
    // An ampersand begins a code (ECMA-376 part 1, section 18.3.1.46); the whole may have 255 characters.
    headerFooter: { oddFooter: `&L${footer.slice(0, 90).replaceAll('&', '&&')}&R&P / &N` },
  }
}
