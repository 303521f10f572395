import { readdirSync, readFileSync, statSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { basename } from 'node:path'
import * as sheetjs from 'xlsx'
import { parsers } from '../../src/parsers/registry.js'
import type { Parser } from '../../src/parsers/parser.js'
import { parserSamples } from '../contract/parser-samples.js'
import { writeCsv } from '../support/mutate-document.js'
import { shared, sharedFolder } from '../support/shared.js'
import { divide, type FuzzDocument } from './fuzz-document.js'

/** Real documents below ../shared, of each kind of file every `nth`. */
const folders: readonly (readonly [folder: string, nth: number])[] = [
  ['mappings', 2], ['pages', 25], ['legacy', 12], ['navigator', 1], ['formats/dettect', 1], ['formats/ciso-assistant', 1], ['cases/2026-11', 1],
  ['attack-groups', 1], ['seeds', 1],
]
const extensions = ['.json', '.yaml', '.yml', '.csv', '.csv.gz', '.html', '.txt', '.md', '.xlsx']
const mostBytes = 30_000_000

/** The documents to mutate: the samples of every parser, the inputs of the project, and real documents if ../shared is there. */
export function collectDocuments(root: string): readonly FuzzDocument[] {
  const samples = Object.entries(parserSamples).flatMap(([id, ofParser]) => ofParser.map(({ name, content, statements }) => (
    { name, content, ...(statements && { statements }), ...(isOnlyNamed(id) && { from: id }) }
  )))
  const own = ['input', 'tests/cases'].flatMap((folder) => listFiles(`${root}/${folder}`, 1)).filter((path) => !/\/(?:out|expected)\/|diagnostics\.txt$/.test(path))
  const real = sharedFolder === undefined ? [] : folders.flatMap(([folder, nth]) => listFiles(shared(folder), nth))
  const files = [...samples, ...[...own, ...real].flatMap(readText)]
  return files.flatMap((file) => divide(file) ?? []).filter(({ units }) => units.length > 0)
}

function isOnlyNamed(id: string): boolean {
  return parsers.some((parser: Parser) => parser.id === id && parser.onlyWhenNamed === true)
}

function listFiles(folder: string, nth: number): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  const kinds = extensions.map((extension) => files.filter((name) => name.endsWith(extension) && !basename(name).startsWith('README')))
  return kinds.flatMap((names) => names.filter((_name, index) => index % nth === 0)).map((name) => `${folder}/${name}`)
}

function readText(path: string): readonly { readonly name: string; readonly content: string; readonly from?: string }[] {
  if (statSync(path).size > mostBytes) return []
  const bytes = readFileSync(path)
  const name = basename(path).replace(/\.gz$/, '')
  if (path.endsWith('.xlsx')) return readSheet(bytes, name)
  const content = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return [{ name, content, ...(name.endsWith('.md') && { from: 'notes' }) }]
}

/** The longest sheet of a workbook as CSV; it is written as a workbook again. */
function readSheet(bytes: Uint8Array, name: string): readonly { readonly name: string; readonly content: string }[] {
  const book = sheetjs.read(bytes)
  const sheets = Object.values(book.Sheets).map((sheet) => sheetjs.utils.sheet_to_json<readonly (string | null)[]>(sheet, { header: 1, raw: false, defval: '' }))
  const longest = sheets.toSorted((a, b) => b.length - a.length)[0]
  return longest ? [{ name: `${name}.csv`, content: writeCsv(longest.slice(0, 60).map((row) => row.map((cell) => cell ?? ''))) }] : []
}
