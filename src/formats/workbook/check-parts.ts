import { positionFinder } from '../places.js'
import { inflateMember, type ZipEntry } from './survey-zip.js'
import { type AttributeOffsets, scanXml, type XmlFlaw, type XmlVisitor } from './scan-xml.js'

/** A part of a workbook that cannot be read whole. */
export interface DamagedPart {
  readonly found: string
  readonly expected?: string
}

type XmlForm = 'xlsx' | 'ods' | 'fods' | 'spreadsheetml'
type ZipForm = 'xlsx' | 'ods' | 'xlsb'

/** Parts without cells, which may be large. */
const otherParts = /^xl\/(?:theme|drawings|charts|chartsheets|media|externallinks|pivot\w*|calcchain|comments|threadedcomments|printersettings|customxml|activex|ctrlprops|diagrams|embeddings|slicer\w*|persons|richdata|querytables|timeline\w*|vba\w*)\b/i

/**
 * The first part of a workbook whose XML is not well-formed, or in which cells are where no reader looks for them: under another element,
 * twice, or with a value that is none. hucre skips these, and rows are lost. Undefined if there is none.
 */
export async function findDamagedPart(bytes: Uint8Array, entries: readonly ZipEntry[], kind: ZipForm): Promise<DamagedPart | undefined> {
  const isPart = ({ name }: ZipEntry) => (
    kind === 'ods' ? name === 'content.xml' : kind === 'xlsb' ? true : /^(?:xl\/.*|_rels\/.*|\[Content_Types\])\.(?:xml|rels)$|^\[Content_Types\]\.xml$/i.test(name) && !otherParts.test(name)
  )
  // Shared strings come first: cells count them. Without a part of this name, they are not counted.
  const parts = entries.filter(isPart).toSorted((a, b) => Number(isShared(b)) - Number(isShared(a)))
  let strings: number | undefined
  for (const entry of parts) {
    const content = await inflateMember(bytes, entries, entry.name).catch(() => undefined)
    if (!content) return { found: `${entry.name} is cut off, or not what its checksum says` }
    if (kind === 'xlsb') continue
    const text = decodePart(content)
    if (text === undefined) return { found: `${entry.name} is not UTF-8` }
    const counted = { items: 0 }
    const flaw = scanPart(text, kind, strings, counted)
    if (isShared(entry)) strings = counted.items
    if (!flaw) continue
    const { line, column } = positionFinder(text)(flaw.at)
    return { found: `${flaw.found} in ${entry.name}, line ${line}, column ${column}`, expected: flaw.expected }
  }
  return undefined
}

/** As `findDamagedPart`, for workbooks that are one XML text. */
export function findDamagedText(bytes: Uint8Array, kind: 'fods' | 'spreadsheetml'): DamagedPart | undefined {
  const text = decodePart(bytes)
  const flaw = text === undefined ? undefined : scanPart(text, kind, undefined, { items: 0 })
  if (text === undefined || !flaw) return text === undefined ? { found: 'text that is not UTF-8' } : undefined
  const { line, column } = positionFinder(text)(flaw.at)
  return { found: `${flaw.found} in line ${line}, column ${column}`, expected: flaw.expected }
}

function isShared({ name }: ZipEntry): boolean {
  return name.toLowerCase() === 'xl/sharedstrings.xml'
}

/** Parts are UTF-8, or UTF-16 by their byte order mark. A declaration of another encoding is trusted for the check of tags. */
function decodePart(content: Uint8Array): string | undefined {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content)
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder('utf-16be').decode(content)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    const head = new TextDecoder('latin1').decode(content.subarray(0, 200))
    const encoding = /<\?xml[^>]{1,80}encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1]
    return encoding === undefined || /^utf-?8$/i.test(encoding) ? undefined : new TextDecoder('latin1').decode(content)
  }
}

/** Elements whose children are all read: a misspelt one would be lost (ECMA-376, sections 18.3.1.80, 18.3.1.73, 18.3.1.4, 18.4.8, 18.4.9). */
const rowsOfOds = new Map([['table-row', ['table-cell', 'covered-table-cell']]])

const children: Readonly<Record<XmlForm, ReadonlyMap<string, readonly string[]>>> = {
  xlsx: new Map([
    ['sheets', ['sheet']], ['sheetData', ['row']], ['row', ['c', 'extLst']], ['c', ['v', 'f', 'is', 'extLst']],
    ['sst', ['si', 'extLst']], ['si', ['t', 'r', 'rPh', 'phoneticPr']],
  ]),
  // OpenDocument 1.3, part 3, section 9.1.3.
  ods: rowsOfOds,
  fods: rowsOfOds,
  // XML Spreadsheet Reference (Office XP).
  spreadsheetml: new Map([['Table', ['Row', 'Column']], ['Row', ['Cell']]]),
}

const cellTypes: ReadonlySet<string> = new Set(['b', 'd', 'e', 'inlineStr', 'n', 's', 'str'])

function scanPart(text: string, kind: XmlForm, strings: number | undefined, counted: { items: number }): XmlFlaw | undefined {
  let last = -1
  let isOrdered = true
  let type = 'n'
  let seen: Set<number> | undefined
  const known = children[kind]
  const visitor: XmlVisitor = {
    open(name, parent, attributes) {
      const allowed = parent === undefined ? undefined : known.get(parent)
      if (allowed && !allowed.includes(name)) return `<${allowed[0]}> in <${parent}>`
      if (kind !== 'xlsx') return undefined
      if (name === 'si') counted.items += 1
      if (name !== 'c' || parent !== 'row') return undefined
      type = valueOf(text, attributes, 't') ?? 'n'
      if (!cellTypes.has(type)) return `a type of cells: ${[...cellTypes].join(', ')}`
      const cell = cellNumber(valueOf(text, attributes, 'r') ?? '')
      if (cell === undefined) return undefined
      if (cell <= last) isOrdered = false
      last = Math.max(last, cell)
      if (seen?.has(cell) === true) return 'each cell once'
      seen?.add(cell)
      return undefined
    },
    close(name, start, end) {
      if (kind !== 'xlsx' || name !== 'v') return undefined
      if (type !== 's' && type !== 'n') return undefined
      const value = text.slice(start, end).trim()
      if (type === 'n') return Number.isFinite(Number(value)) ? undefined : 'a number'
      return /^\d+$/.test(value) && Number(value) < (strings ?? Infinity) ? undefined : `the number of one of ${strings ?? 'the'} shared strings`
    },
  }
  const flaw = scanXml(text, visitor)
  if (flaw || isOrdered) return flaw
  // Only sheets whose cells are out of order are scanned for cells that are there twice: a set of all is large.
  seen = new Set()
  counted.items = 0
  return scanXml(text, visitor)
}

/** The value of an attribute whose name is one letter. */
function valueOf(text: string, attributes: AttributeOffsets, name: string): string | undefined {
  for (let index = 0; index < attributes.length; index += 4) {
    const start = attributes[index] ?? 0
    if (attributes[index + 1] === start + 1 && text[start] === name) return text.slice(attributes[index + 2], attributes[index + 3])
  }
  return undefined
}

/** A number for each address of a cell, in the order of rows; undefined if it is none. */
function cellNumber(address: string): number | undefined {
  let column = 0
  let at = 0
  for (; at < address.length && address.charCodeAt(at) > 0x40; at += 1) column = column * 26 + (address.charCodeAt(at) & 0x1f)
  const row = Number(address.slice(at))
  return at > 0 && at < 4 && Number.isInteger(row) ? row * 20_000 + column : undefined
}
