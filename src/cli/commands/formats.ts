import { Command, Option } from 'commander'
import { wrapText } from '../../analyses/report/fit-width.js'
import type { Emitter } from '../../emitters/emitter.js'
import { emitters } from '../../emitters/registry.js'
import type { Parser } from '../../parsers/parser.js'
import { parsers } from '../../parsers/registry.js'
import { describeOption, listEmitterOptions } from '../writing.js'
import { renderTable, resultWidth } from '../terminal.js'
import { withExamples } from '../usage.js'

/** `crosswalk formats`: lists the parsers and emitters of the registries. */
export function formatsCommand(): Command {
  const command = new Command('formats')
    .description('Lists the input and output formats, what each output format loses, and the page to read about each.')
    .addOption(new Option('--format <format>', 'output format of the list').choices(['table', 'json']).default('table'))
    .action(({ format }: { readonly format: 'table' | 'json' }) => {
      const formats = listFormats()
      process.stdout.write(format === 'json' ? `${JSON.stringify(formats, undefined, 2)}\n` : renderFormats(formats))
    })
  return withExamples(command, ['crosswalk formats', "crosswalk formats --format json | jq -r '.emitters[].id'"])
}

interface Formats {
  readonly parsers: readonly (Pick<Parser, 'id' | 'title' | 'extensions' | 'containers'> & Documented)[]
  readonly emitters: readonly (Pick<Emitter, 'id' | 'title' | 'extension' | 'schema' | 'loses' | 'options'> & Documented)[]
}

interface Documented {
  /** The page in the repository: "docs/stix.md". */
  readonly page: string
}

function listFormats(): Formats {
  return {
    parsers: parsers.map(({ id, title, extensions, containers }: Parser) => ({ id, title, extensions, containers, page: pageOf(id) })),
    emitters: emitters.map(({ id, title, extension, schema, loses, options }: Emitter) =>
      ({ id, title, extension, schema, loses, options, page: pageOf(id) })),
  }
}

/** The names of pages that differ from the ids of their formats. */
const pages: Readonly<Record<string, string>> = {
  'html': 'html-report', 'svg': 'pictures', 'png': 'pictures', 'csv': 'spreadsheets', 'xlsx': 'spreadsheets', 'json': 'ctid-json',
  'yaml': 'ctid-json', 'misp-galaxy': 'misp', 'stix-bundle': 'stix', 'navigator-layer': 'navigator', 'security-stack': 'legacy',
  'veris-json': 'legacy', 'veris-enumerations': 'legacy', 'text-page': 'pages', 'html-page': 'pages', 'table': 'tables',
  'table-metadata': 'spreadsheets',
}

function pageOf(id: string): string {
  return `docs/${pages[id] ?? id}.md`
}

function renderFormats(formats: Formats): string {
  const read = renderWrapped(formats.parsers.map(({ id, title, extensions, page }) =>
    [id, `${extensions.map((one) => `.${one}`).join(' ')}: ${title}; ${page}`]))
  const written = renderWrapped(formats.emitters.map(({ id, title, extension, page }) => [id, `${extension}: ${title}; ${page}`]))
  const lost = renderWrapped(formats.emitters.map(({ id, loses }) => [id, loses]))
  const options = renderWrapped(listEmitterOptions().flatMap(({ flag, spec, emitters: ids }) =>
    ids.map((id) => [id, flag, describeOption(spec)])))
  return [
    `Input formats (--from; detected from the content by default):\n${read}`,
    `Output formats (--to):\n${written}`,
    `What each output format loses:\n${lost}`,
    `Options of output formats:\n${options}`,
  ].join('\n')
}

/** A table whose last column is broken between words where the line ends. */
function renderWrapped(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, -1).entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  const room = resultWidth() - widths.reduce((sum, width) => sum + width + 2, 2)
  return renderTable(rows.flatMap((row) => wrapText(row.at(-1) ?? '', Math.max(room, 20)).split('\n').map((line, index) => {
    const before = row.slice(0, -1).map((cell, column) => (column === 0 ? '  ' : '') + (index === 0 ? cell : ''))
    return [...before, line]
  })))
}
