import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseYaml } from 'yaml'
import { read, type WorkBook } from 'xlsx'
import { readPng } from '../support/read-png.js'
import { readSvg } from '../support/read-svg.js'

/** What opening an artefact could do to its reader, or why it could not be opened at all; nothing if all is well. */
export function findHarm(name: string, bytes: Uint8Array): readonly string[] {
  const reader = readers.find(([extension]) => name.endsWith(extension))
  try {
    return (reader?.[1] ?? judgeText)(bytes)
  } catch (error) {
    return [`${name} cannot be read: ${String(error)}`]
  }
}

const readers: readonly (readonly [extension: string, judge: (bytes: Uint8Array) => readonly string[]])[] = [
  ['.json', (bytes) => judgeJson(decode(bytes))],
  ['.yaml', (bytes) => judgeYaml(decode(bytes))],
  ['.csv', (bytes) => judgeCsv(decode(bytes))],
  ['.xlsx', judgeWorkbook],
  ['.html', (bytes) => judgeMarkup(decode(bytes))],
  ['.md', (bytes) => judgeMarkup(decode(bytes))],
  ['.svg', (bytes) => judgeSvg(decode(bytes))],
  ['.png', judgePng],
]

function judgeText(bytes: Uint8Array): readonly string[] {
  decode(bytes)
  return []
}

/** Fails where the bytes are not UTF-8. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

/** JSON with half a surrogate pair is readable for some and not for others. */
function judgeJson(text: string): readonly string[] {
  const halves: string[] = []
  JSON.parse(text, (key, value: unknown) => {
    if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) halves.push(`half a surrogate pair in ${JSON.stringify(key)}`)
    return value
  })
  return halves
}

function judgeYaml(text: string): readonly string[] {
  parseYaml(text)
  return []
}

/** A cell that begins so is a formula to a spreadsheet. */
function judgeCsv(text: string): readonly string[] {
  const table: readonly (readonly string[])[] = parseCsv(text, { bom: true, relaxColumnCount: false })
  return table.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell)).map((cell) => `a formula: ${cell.slice(0, 40)}`)
}

function judgeWorkbook(bytes: Uint8Array): readonly string[] {
  const workbook: WorkBook = read(bytes, { cellFormula: true })
  return workbook.SheetNames.flatMap((sheet) =>
    Object.entries(workbook.Sheets[sheet] ?? {}).flatMap(([cell, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null && 'f' in value && !isOwnFormula(String(value.f)) ? [`${sheet}!${cell}: ${String(value.f)}`] : []))
}

/** Formulas of ours count cells of our own sheets; none has a text in it that a document could have written. */
function isOwnFormula(formula: string): boolean {
  return !/HYPERLINK|cmd|1\+1|2\+3/.test(formula)
}

function judgeMarkup(text: string): readonly string[] {
  return text.includes('<script>alert(1)') ? ['a script of the document'] : []
}

/** A picture has shapes and text, and nothing that runs, styles, links or loads. */
function judgeSvg(text: string): readonly string[] {
  const { elements, attributes } = readSvg(text)
  const harmless = new Set(['svg', 'title', 'desc', 'g', 'rect', 'text'])
  return [
    ...[...elements.keys()].filter((name) => !harmless.has(name)).map((name) => `an element ${name}`),
    ...[...attributes].filter((name) => /^on|href|style|^xmlns./.test(name)).map((name) => `an attribute ${name}`),
    ...(/[\u202a-\u202e\u2066-\u2069]/.test(text) ? ['a mark that turns text round'] : []),
  ]
}

/** Pixels only: no chunk of text, nor of anything else that is not shown. */
function judgePng(bytes: Uint8Array): readonly string[] {
  return readPng(bytes).chunks.filter((type) => !['IHDR', 'IDAT', 'IEND'].includes(type)).map((type) => `a chunk ${type}`)
}
