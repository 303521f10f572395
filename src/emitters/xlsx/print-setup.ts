import type { WriteSheet } from 'hucre/xlsx'

const margin = 0.4

/** Landscape, as wide as the page and as many pages long as it takes, or `pages`; `grid` draws the lines between cells. */
export function printSetup(
  footer: string, paper: 'a4' | 'a3', grid: boolean, pages = 0,
): Pick<WriteSheet, 'pageSetup' | 'headerFooter'> {
  return {
    pageSetup: {
      paperSize: paper,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: pages,
      margins: { left: margin, right: margin, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      showGridLines: grid,
    },
    // An ampersand begins a code (ECMA-376 part 1, section 18.3.1.46); the whole may have 255 characters.
    headerFooter: { oddFooter: `&L${footer.slice(0, 90).replaceAll('&', '&&')}&R&P / &N` },
  }
}
