import { columnLabels, isTechniqueId } from '../page/page-content.js'
import { isUnexplained } from '../page/misspelt-section.js'
import { listLines, readHeader, type TextLine, type TextTable } from './find-tables.js'
import { createSplitter, type TableContext } from './split-row.js'

/**
 * Reports lines that belong to no known section of a page: lists below an unknown heading, lines that look like the column titles of a
 * table and are not, and lines that look like rows where no table is. Other lines outside tables are prose.
 */
export function reportUnreadLines(
  lines: readonly TextLine[], heading: TextLine | undefined, tables: readonly TextTable[], context: TableContext,
): void {
  const { reports } = context
  for (const { kind, columns, section, header, body } of tables) {
    const rows = listLines(body)
    if (isUnexplained(kind, columns, section)) {
      reports.unknownSection(header, `a list of ${rows.length} below no heading of a page`, rows.length)
    }
  }
  const outside = linesOutside(lines, heading, tables)
  const inMappings = tables.flatMap(({ kind, body }) => (kind === 'mappings' ? body : []))
  for (const line of [...outside, ...inMappings]) if (looksLikeHeader(line.text)) reports.unknownSection(line, line.text, 1)
  const first = tables.find(({ kind }) => kind === 'mappings') ?? tables[0]
  if (!first) return
  const split = createSplitter(first, context)
  for (const line of outside) {
    if (!line.text.includes(' T') || !line.text.split(' ').slice(1, -1).some(isTechniqueId)) continue
    const { by, capability } = split(line.text)
    if (by === 'known' || (by === 'pattern' && /[\d._-]/.test(capability.id))) reports.unreadableRow(line)
  }
}

/** Lines above the first table, and those of lists after their first blank line. Mapping tables report their own lines. */
function linesOutside(lines: readonly TextLine[], heading: TextLine | undefined, tables: readonly TextTable[]): readonly TextLine[] {
  const start = heading?.number ?? 0
  const above = lines.slice(start, tables[0] ? tables[0].header.number - 1 : lines.length)
  const below = tables.flatMap(({ kind, body }) => (kind === 'mappings' ? [] : body.slice(listLines(body).length)))
  return [...above, ...below.filter(({ text }) => text !== '')]
}

const labelWords: ReadonlySet<string> = new Set(columnLabels.flatMap(([label]) => label.toLowerCase().split(' ')))

/** Whether a line consists of words of column titles but for one or two of them, which are misspelt. */
function looksLikeHeader(text: string): boolean {
  if (text.length > 120 || !/\bid\b/i.test(text) || !/capability|att&ck/i.test(text) || readHeader(text)) return false
  const words = text.toLowerCase().split(' ')
  const known = words.filter((word) => labelWords.has(word))
  return known.length >= 3 && words.length - known.length > 0 && words.length - known.length <= 2
    && new Set(known).size >= 2
}
