import { cellAddress } from '../../formats/places.js'
import { scanXml } from '../../formats/workbook/scan-xml.js'
import { inflateMember, type ZipEntry } from '../../formats/workbook/survey-zip.js'
import { findReferences, mayRefer } from './beside-ids.js'
import type { Slot } from './text-slots.js'

/** A stretch of a part's text. */
interface Span {
  readonly start: number
  readonly end: number
}

/** A text of a cell: the runs that it consists of, which are shared by all cells with the same text. */
interface RunText extends Span {
  /** The texts of its runs, without their formatting; several in rich text. */
  readonly runs: readonly Span[]
}

/** A cell whose text may be replaced. */
export interface CellSlot extends Slot {
  readonly part: string
  readonly sheet: string
  readonly cell: string
  /** The index of its text among the shared texts; absent for a text or number of its own. */
  readonly shared?: number
  /** Its runs: in the part of shared texts, or in its sheet. */
  readonly text: RunText
  /** The attribute and element by which it refers to its shared text: replaced where it gets a text of its own. */
  readonly reference?: { readonly type: Span; readonly value: Span }
}

/** A formula that contains an id: formulas are not changed. */
interface FormulaText {
  readonly sheet: string
  readonly cell: string
  readonly id: string
}

/** The parts and texts of a workbook. */
export interface SlottedWorkbook {
  readonly parts: ReadonlyMap<string, string>
  readonly slots: readonly CellSlot[]
  readonly shared: readonly RunText[]
  readonly formulas: readonly FormulaText[]
  readonly parents: readonly number[]
}

export const sharedPart = 'xl/sharedStrings.xml'

/** The texts of the sheets of an .xlsx workbook (ECMA-376, part 1, section 18.3). Undefined if it is none, or its XML is not well-formed. */
export async function workbookSlots(bytes: Uint8Array, entries: readonly ZipEntry[]): Promise<SlottedWorkbook | undefined> {
  const sheets = entries.map(({ name }) => name).filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
  if (sheets.length === 0) return undefined
  const wanted = [sharedPart, 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', ...sheets, ...entries.map(({ name }) => name).filter(isLinks)]
  const parts = new Map<string, string>()
  for (const name of wanted) {
    const content = await inflateMember(bytes, entries, name)
    if (content) parts.set(name, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content))
  }
  const shared = readShared(parts.get(sharedPart) ?? '<sst/>')
  if (!shared) return undefined
  const names = sheetNames(parts)
  const building: { slots: CellSlot[]; formulas: FormulaText[]; parents: number[] } = { slots: [], formulas: [], parents: [-1] }
  for (const part of sheets.toSorted()) {
    const name = names.get(part) ?? part
    if (!readSheet(part, name, parts, shared, building)) return undefined
  }
  for (const part of wanted.filter(isLinks)) addLinks(part, parts.get(part) ?? '', building.slots)
  return { parts, shared, ...building }
}

function isLinks(name: string): boolean {
  return /^xl\/worksheets\/_rels\/[^/]+\.rels$/.test(name)
}

function readShared(text: string): readonly RunText[] | undefined {
  const shared: RunText[] = []
  let runs: Span[] = []
  let phonetic = false
  const flaw = scanXml(text, {
    open(name) {
      if (name === 'si') runs = []
      if (name === 'rPh') phonetic = true
      return undefined
    },
    close(name, start, end) {
      if (name === 't' && !phonetic) runs.push({ start, end })
      if (name === 'rPh') phonetic = false
      // The content of the item begins after its tag, with or without a prefix.
      if (name === 'si') shared.push({ start: text.lastIndexOf('si>', runs[0]?.start ?? end) + 3, end, runs })
      return undefined
    },
  })
  return flaw ? undefined : shared
}

/** The names of sheets by their parts. */
function sheetNames(parts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const targets = new Map(tags(parts.get('xl/_rels/workbook.xml.rels') ?? '', 'Relationship').map((tag) => {
    const target = attribute(tag, 'Target').replace(/^\//, '')
    return [attribute(tag, 'Id'), target.startsWith('xl/') ? target : `xl/${target}`]
  }))
  return new Map(tags(parts.get('xl/workbook.xml') ?? '', 'sheet').map((tag) =>
    [targets.get(attribute(tag, 'r:id')) ?? '', unescapeXml(attribute(tag, 'name'))]))
}

function tags(text: string, name: string): readonly string[] {
  return text.match(new RegExp(`<(?:\\w{1,9}:)?${name}\\s[^>]{0,4000}>`, 'g')) ?? []
}

function attribute(tag: string, name: string): string {
  const [, quoted = '', other = ''] = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`).exec(tag) ?? []
  return quoted || other
}

interface OpenCell {
  address: string
  type: string
  typeSpan: Span | undefined
  value: Span | undefined
  runs: Span[]
  formula: string | undefined
}

/** Adds the cells of a sheet; false if its XML is not well-formed. */
function readSheet(
  part: string, sheet: string, parts: ReadonlyMap<string, string>, shared: readonly RunText[],
  { slots, formulas, parents }: { readonly slots: CellSlot[]; readonly formulas: FormulaText[]; readonly parents: number[] },
): boolean {
  const text = parts.get(part) ?? ''
  const strings = parts.get(sharedPart) ?? ''
  let titles: ReadonlyMap<string, string> | undefined
  let row: CellSlot[] = []
  let cell: OpenCell | undefined
  let rows = 0
  let columns = 0
  const flaw = scanXml(text, {
    open(name, _parent, attributes) {
      if (name === 'row') {
        parents.push(0)
        rows += 1
        columns = 0
      }
      if (name !== 'c') return undefined
      cell = { address: cellAddress(rows - 1, columns), type: 'n', typeSpan: undefined, value: undefined, runs: [], formula: undefined }
      columns += 1
      for (let index = 0; index < attributes.length; index += 4) {
        const [nameStart, nameEnd, start = 0, end = 0] = attributes.slice(index, index + 4)
        const key = text.slice(nameStart, nameEnd)
        if (key === 'r') cell.address = text.slice(start, end)
        if (key === 't') Object.assign(cell, { type: text.slice(start, end), typeSpan: { start, end } })
      }
      return undefined
    },
    close(name, start, end) {
      if (!cell) {
        if (name === 'row') {
          if (!titles && row.length > 1) titles = new Map(row.map(({ cell: address, value }) => [columnOf(address), value.trim()]))
          slots.push(...row)
          row = []
        }
        return undefined
      }
      if (name === 'f') cell.formula = text.slice(start, end)
      if (name === 'v') cell.value = { start, end }
      if (name === 't') cell.runs.push({ start, end })
      if (name !== 'c') return undefined
      const done = finishCell(cell)
      if (done) row.push(done)
      cell = undefined
      return undefined
    },
  })
  return flaw === undefined

  function finishCell({ address, type, typeSpan, value, runs, formula }: OpenCell): CellSlot | undefined {
    const own = { part, sheet, cell: address, key: titles?.get(columnOf(address)) ?? '', record: parents.length - 1 }
    if (formula !== undefined) {
      const content = unescapeXml(`${formula} ${value ? text.slice(value.start, value.end) : ''}`)
      for (const id of new Set(findReferences(content).map((one) => one.id))) formulas.push({ sheet, cell: address, id })
      return undefined
    }
    if (type === 's' && value && typeSpan) {
      const index = Number(text.slice(value.start, value.end))
      const found = shared[index]
      return found && createSlot(strings, found, { ...own, shared: index, reference: { type: typeSpan, value } }, slots.length + row.length)
    }
    const [first] = runs
    if (type === 'inlineStr' && first) {
      return createSlot(text, { start: first.start, end: runs.at(-1)?.end ?? first.end, runs }, own, slots.length + row.length)
    }
    return type === 'n' && value ? createSlot(text, { ...value, runs: [value] }, own, slots.length + row.length) : undefined
  }
}

type OwnFacts = Pick<CellSlot, 'part' | 'sheet' | 'cell' | 'key' | 'record' | 'shared' | 'reference'>

/** Cells have no offset in one text: their number in the order of the workbook takes its place. */
function createSlot(part: string, text: RunText, own: OwnFacts, at: number): CellSlot {
  const written = text.runs.map(({ start, end }) => part.slice(start, end)).join('')
  return { ...own, raw: maskEntities(written), at, value: unescapeXml(written), isKey: false, text, encode: escapeXml, escape: escapeXml }
}

/** Addresses of techniques' pages behind cells. */
function addLinks(part: string, text: string, slots: CellSlot[]): void {
  for (const { 0: whole, 1: target = '', index } of text.matchAll(/\sTarget="([^"]{1,2000})"/g)) {
    if (!mayRefer(target)) continue
    const start = index + whole.length - target.length - 1
    const span = { start, end: start + target.length }
    slots.push(createSlot(text, { ...span, runs: [span] }, { part, sheet: part, cell: 'A1', key: 'link', record: 0 }, slots.length))
  }
}

function columnOf(address: string): string {
  return address.replace(/\d+$/, '')
}

function maskEntities(text: string): string {
  return text.includes('&') ? text.replaceAll(/&[#\w]{1,10};/g, (entity) => ' '.repeat(entity.length)) : text
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{2,4}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
