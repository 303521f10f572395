import { type CellStyle, standardFont } from './cell-styles.js'

/** The styles of a workbook: numbered as cells use them, then written as one part. */
export interface StyleSheet {
  /** The index of a cell's style. Equal styles have one index. */
  readonly cellStyle: (style: CellStyle) => number
  /** The index of the style of a conditional format. */
  readonly conditionalStyle: (style: CellStyle) => number
  /** The part `xl/styles.xml` (ECMA-376 part 1, section 18.8.39). */
  readonly xml: () => string
}

/** Creates the styles of a workbook; style 0 is that of the standard font. */
export function createStyleSheet(): StyleSheet {
  const formats = createList(), fonts = createList(), fills = createList(), borders = createList()
  const cells = createList(), conditional = createList()
  // Both fills are reserved (section 18.8.21).
  fills.index('<fill><patternFill patternType="none"/></fill>')
  fills.index('<fill><patternFill patternType="gray125"/></fill>')
  const known = new WeakMap<CellStyle, number>()
  const cellStyle = (style: CellStyle): number => {
    const found = known.get(style) ?? cells.index(describeCell(style))
    known.set(style, found)
    return found
  }
  cellStyle({})
  return { cellStyle, conditionalStyle: (style) => conditional.index(differentialXml(style)), xml }

  function describeCell({ font, fill, border, alignment, numFmt }: CellStyle): string {
    const format = numFmt === undefined ? 0 : (builtInFormats.get(numFmt) ?? firstFormat + formats.index(numFmt))
    const fontId = fonts.index(fontXml(font ?? standardFont))
    const fillId = fill === undefined ? 0 : fills.index(fillXml('fgColor', fill))
    const borderId = borders.index(borderXml(border ?? {}, '<diagonal/>'))
    const applied = Object.entries({ NumberFormat: format, Font: fontId, Fill: fillId, Border: borderId, Alignment: alignment })
      .map(([name, is]) => (is ? ` apply${name}="1"` : '')).join('')
    const start = `<xf numFmtId="${format}" fontId="${fontId}" fillId="${fillId}" borderId="${borderId}" xfId="0"${applied}`
    return alignment ? `${start}>${alignmentXml(alignment)}</xf>` : `${start}/>`
  }

  function xml(): string {
    const named = formats.entries().map((code, index) => `<numFmt numFmtId="${firstFormat + index}" formatCode="${code}"/>`)
    return [
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
      named.length === 0 ? '' : listXml('numFmts', named),
      listXml('fonts', fonts.entries()),
      listXml('fills', fills.entries()),
      listXml('borders', borders.entries()),
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
      listXml('cellXfs', cells.entries()),
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
      listXml('dxfs', conditional.entries()),
      '<tableStyles count="0" defaultTableStyle="TableStyleMedium2" defaultPivotStyle="PivotStyleLight16"/></styleSheet>',
    ].join('')
  }
}

/** Number formats with a number of their own (section 18.8.30), and the first number of others. */
const builtInFormats = new Map([['0', 1], ['0.00', 2], ['0%', 9]])
const firstFormat = 164

/** A list of distinct texts. */
interface DistinctList {
  readonly index: (entry: string) => number
  readonly entries: () => readonly string[]
}

function createList(): DistinctList {
  const entries = new Map<string, number>()
  return {
    index(entry) {
      const found = entries.get(entry) ?? entries.size
      entries.set(entry, found)
      return found
    },
    entries: () => [...entries.keys()],
  }
}

function listXml(name: string, entries: readonly string[]): string {
  return `<${name} count="${entries.length}">${entries.join('')}</${name}>`
}

function fontXml({ name, size, bold, underline, colour }: NonNullable<CellStyle['font']>): string {
  return [
    '<font>',
    bold ? '<b/>' : '',
    underline ? '<u/>' : '',
    `<sz val="${size}"/>`,
    colour === undefined ? '' : `<color rgb="FF${colour}"/>`,
    `<name val="${name}"/></font>`,
  ].join('')
}

/** A solid fill: its colour is the foreground in cells, and the background in conditional formats. */
function fillXml(colourOf: 'fgColor' | 'bgColor', colour: string): string {
  return `<fill><patternFill patternType="solid"><${colourOf} rgb="FF${colour}"/></patternFill></fill>`
}

function borderXml(border: NonNullable<CellStyle['border']>, rest: string): string {
  const sides = (['left', 'right', 'top', 'bottom'] as const).map((side) => {
    const line = border[side]
    return line ? `<${side} style="${line.style}"><color rgb="FF${line.colour}"/></${side}>` : `<${side}/>`
  })
  return `<border>${sides.join('')}${rest}</border>`
}

function alignmentXml({ horizontal, vertical, wrapText, indent }: NonNullable<CellStyle['alignment']>): string {
  return [
    '<alignment',
    horizontal ? ` horizontal="${horizontal}"` : '',
    vertical ? ` vertical="${vertical}"` : '',
    wrapText ? ' wrapText="1"' : '',
    indent ? ` indent="${indent}"` : '',
    '/>',
  ].join('')
}

/** Only backgrounds and borders: the conditional formats have no others. */
function differentialXml({ fill, border }: CellStyle): string {
  return `<dxf>${fill === undefined ? '' : fillXml('bgColor', fill)}${border ? borderXml(border, '') : ''}</dxf>`
}
