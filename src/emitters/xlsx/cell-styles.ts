import type { CellStyle } from 'hucre/xlsx'
import type { CellValue, ColumnFormat, LineKind } from './workbook.js'

const ink = '1F2933'
const line = { style: 'thin', color: { rgb: 'D5DAE1' } } as const
const font = { name: 'Calibri', size: 10, color: { rgb: ink } } as const
const top = { vertical: 'top' } as const

const plain: CellStyle = { font, alignment: top, border: { bottom: line } }
const centred: CellStyle = { ...plain, alignment: { ...top, horizontal: 'center' } }

/** The look of a column's cells. */
export const columnStyles: Readonly<Record<ColumnFormat, CellStyle>> = {
  text: plain,
  wrapped: { ...plain, alignment: { ...top, wrapText: true } },
  url: { ...plain, alignment: { ...top, wrapText: true } },
  score: centred,
  status: centred,
  count: { ...plain, alignment: { ...top, horizontal: 'right' }, numFmt: '0' },
}

/** A linked cell. */
export const linkStyle: CellStyle = { ...columnStyles.url, font: { ...font, color: { rgb: '0B5CAD' }, underline: true } }

/** The header of a table. */
export const headerStyle: CellStyle = {
  font: { ...font, bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '243B53' } },
  alignment: { vertical: 'center', wrapText: true },
  border: { right: { style: 'thin', color: { rgb: '829AB1' } } },
}

// One hue from light to dark: it can be told apart in any kind of colour blindness, and in grey.
const scoreFills = new Map([['minimal', 'DEEBF7'], ['partial', '9ECAE1'], ['significant', '2171B5']])
const attention = 'FCE5B6'

/** The colours of a cell whose value means something: scores, and techniques that ATT&CK no longer has. */
export function toneStyle(value: CellValue): CellStyle | undefined {
  if (typeof value !== 'string') return undefined
  const fill = scoreFills.get(value) ?? (['deprecated', 'revoked', 'unknown'].includes(value) ? attention : undefined)
  if (fill === undefined) return undefined
  return {
    ...centred,
    font: { ...font, ...(value === 'significant' && { bold: true, color: { rgb: 'FFFFFF' } }) },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: fill } },
  }
}

const pageText: CellStyle = { font, alignment: { ...top, wrapText: true, horizontal: 'left' } }

/** The look of a page's first cell and of its other cells, by the kind of line. */
export const lineStyles: Readonly<Record<LineKind, { readonly first: CellStyle; readonly others: CellStyle }>> = {
  title: { first: { font: { ...font, size: 16, bold: true, color: { rgb: '102A43' } } }, others: pageText },
  heading: { first: { font: { ...font, size: 12, bold: true, color: { rgb: '0B5CAD' } } }, others: pageText },
  header: { first: headerStyle, others: headerStyle },
  line: { first: { ...pageText, font: { ...font, bold: true } }, others: pageText },
  swatch: { first: pageText, others: pageText },
  blank: { first: pageText, others: pageText },
}
