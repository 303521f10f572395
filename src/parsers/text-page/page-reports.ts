import type { Code } from '../../diagnostics/catalogue.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { TextDocument } from '../../formats/decoded.js'
import type { Framework } from '../../frameworks/framework.js'
import type { CapabilityRef } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import { isNonMappable } from '../../model/vocabulary.js'
import { type PageRow, readPageSection, shortenExcerpt } from '../page/page-content.js'
import type { PageHeading } from '../page/page-release.js'
import { isBrokenHeader, placeOf, type TextLine, type TextTable } from './find-tables.js'

/** Diagnostics of a page. Those that concern many rows alike are reported once, with their count, by `finish`. */
export interface PageReports {
  unreadableRow(line: TextLine): void
  truncated(line: TextLine): void
  /** Reports that the line is cut off, if it is the last of the document. */
  lastLineBreaksOff(line: TextLine): void
  missingTechnique(line: TextLine): void
  ambiguousCapability(line: TextLine, capability: CapabilityRef, framework: Framework | undefined): void
  unknownRelation(line: TextLine, relation: string): void
  unknownFramework(line: TextLine): void
  doubtfulReference(line: TextLine): void
  /** Reports `count` lines at and below a line that belong to no known section. */
  unknownSection(line: TextLine, found: string, count: number): void
  /** Reports a heading with a slip. */
  misspeltSection(line: TextLine, title: string): void
  /** Reports the collected diagnostics. */
  finish(): void
}

/** Creates the reports of one page. */
export function createPageReports(document: TextDocument, lines: readonly TextLine[], report: Report): PageReports {
  const lastLine = lines.findLast((line) => line.text !== '')
  const gathered = new Map<string, { code: Code, line: TextLine, found: string, hint: string | undefined, count: number }>()
  const at = (line: TextLine): { origin: Origin, excerpt: string } => ({
    origin: { document: document.file.name, place: placeOf(line) },
    excerpt: shortenExcerpt(line.raw),
  })
  const gather = (code: Code, line: TextLine, found: string, hint?: string): void => {
    const key = `${code} ${found}`
    const known = gathered.get(key)
    if (known) known.count += 1
    else gathered.set(key, { code, line, found, hint, count: 1 })
  }
  const truncated = (line: TextLine): void => report('parse/truncated', { ...at(line), found: shortenExcerpt(line.text) })
  return {
    truncated,
    lastLineBreaksOff: (line) => {
      if (line === lastLine) truncated(line)
    },
    unreadableRow: (line) => {
      const expected = 'a row that matches the columns of its table'
      if (line === lastLine) truncated(line)
      else report('parse/unreadable-row', { ...at(line), found: shortenExcerpt(line.text), expected })
    },
    missingTechnique: (line) => report('parse/missing-technique', at(line)),
    ambiguousCapability: (line, { id, description }, framework) => gather(
      'parse/ambiguous-capability', line, `read as capability "${id}", description "${description ?? ''}"`,
      framework && `Pass a mapping file of ${framework.name} that contains the id with --catalog.`,
    ),
    unknownRelation: (line, relation) => gather('parse/unknown-relation', line, `read as mapping type "${relation}"`),
    unknownFramework: (line) => gather('parse/unknown-framework', line, 'no heading or known capability id names a framework'),
    doubtfulReference: (line) => report('parse/doubtful-reference', { ...at(line), found: shortenExcerpt(line.text), expected: 'a URL' }),
    unknownSection: (line, found, count) => report('parse/unknown-section', { ...at(line), found: shortenExcerpt(found), count }),
    misspeltSection: (line, title) => report('parse/unknown-section', {
      ...at(line), message: `A heading was read as "${title}"`, found: shortenExcerpt(line.text), expected: title,
    }),
    finish: () => {
      for (const { code, line, found, hint, count } of gathered.values()) {
        report(code, { ...at(line), found: shortenExcerpt(found), ...(hint !== undefined && { hint }), count })
      }
    },
  }
}

/** Reports a text that is cut off after a section heading, in a table header or in its last row. */
export function checkEnd(
  lines: readonly TextLine[], headingLine: TextLine | undefined, tables: readonly TextTable[], rows: readonly PageRow[],
  heading: PageHeading, reports: PageReports,
): void {
  const last = lines.findLast((line) => line.text !== '')
  if (!last) return
  const inHeader = isBrokenHeader(last.text) || tables.some((table) => table.kind !== 'techniques' && table.header === last)
  const inHeading = last !== headingLine && readPageSection(last.text) !== undefined
  if (inHeader || inHeading || isBrokenRow(last, rows, heading)) reports.truncated(last)
}

/** Whether the last line is a row that ends before its technique or inside the technique's name. */
function isBrokenRow(last: TextLine, rows: readonly PageRow[], heading: PageHeading): boolean {
  const row = rows.find(({ place }) => place.kind === 'text' && place.line === last.number)
  if (!row || row.unmappable) return false
  const { technique } = row
  if (!technique) return !isNonMappable(row.relation) && !last.text.endsWith('None')
  const names = rows.flatMap((other) => (other.technique?.id === technique.id ? other.technique.name ?? [] : []))
  if (heading.kind === 'technique' && heading.technique.id === technique.id) names.push(heading.technique.name ?? '')
  const name = technique.name ?? ''
  if (heading.kind === 'technique' && name === '' && heading.technique.id.startsWith(`${technique.id}.`)) return true
  return names.some((other) => other.length > name.length && other.startsWith(name))
}
