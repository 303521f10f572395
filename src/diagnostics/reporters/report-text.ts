import { describePlace } from '../../model/origin.js'
import { cutText } from '../../model/text.js'
import { catalogue, type Code } from '../catalogue.js'
import type { Severity } from '../catalogue/entry.js'
import { countNoun, countSeverities, summariseCounts } from '../counts-in-words.js'
import type { Diagnostic } from '../diagnostic.js'
import { neutralise, type Palette, plainPalette } from './terminal-text.js'

/** Options of the text reporter. */
interface TextReportOptions {
  readonly palette?: Palette
  /** Writes every diagnostic; by default the first few errors and warnings of each code, and a count of the others and of notes. */
  readonly verbose?: boolean
  /** Writes errors only, and what was removed or replaced. */
  readonly quiet?: boolean
  /** Notes that are written in any case: they decide the exit code. */
  readonly isImportant?: (diagnostic: Diagnostic) => boolean
  /** Each document's path as the user typed it, by the document's name. */
  readonly paths?: ReadonlyMap<string, string>
  /** A line of a document (from 1), for diagnostics without an excerpt. */
  readonly findLine?: (document: string, line: number) => string | undefined
}

/** Diagnostics of one code that are written without --verbose. */
const limits = { error: 5, warning: 5, info: 5 } as const satisfies Record<Severity, number>

/**
 * Diagnostics for people: place, severity and code on a line, then the message, the source line with a caret, and the hint.
 * Ends in a line break; '' without diagnostics. Text of documents is neutralised, so that it cannot control the terminal.
 */
export function reportText(diagnostics: readonly Diagnostic[], options: TextReportOptions = {}): string {
  const { verbose = false, quiet = false, palette = plainPalette, isImportant } = options
  const totals = new Map<string, number>()
  for (const { code } of diagnostics) totals.set(code, (totals.get(code) ?? 0) + 1)

  const blocks: string[] = []
  const shown = new Map<string, number>()
  for (const diagnostic of diagnostics) {
    const { code, severity } = diagnostic
    if (quiet ? severity !== 'error' : severity === 'info' && !verbose && isImportant?.(diagnostic) !== true) continue
    const limit = verbose ? Infinity : limits[severity]
    const nth = (shown.get(code) ?? 0) + 1
    shown.set(code, nth)
    const total = totals.get(code) ?? 0
    if (nth <= limit) blocks.push(renderDiagnostic(diagnostic, { ...options, palette }, nth === 1))
    if (nth === limit && total > limit) blocks.push(palette.faint(`and ${total - limit} more ${code} (--verbose shows all)`))
  }
  if (!verbose) blocks.push(...summariseChanges(diagnostics, quiet))
  const counts = countSeverities(diagnostics)
  const summary = summariseCounts(quiet ? { ...counts, warnings: 0, notes: 0 } : counts)
  const hidden = !verbose && !quiet && diagnostics.some((one) => one.severity === 'info' && isImportant?.(one) !== true)
  if (summary !== undefined) blocks.push(`${palette.strong(summary)}${hidden ? palette.faint(' (--verbose shows notes)') : ''}`)
  return blocks.map((block) => `${block}\n`).join('')
}

/** What a run did to artifacts of earlier runs: one line for each code, which is also written when nothing else is. */
const changes: Readonly<Partial<Record<Code, { readonly verb: string; readonly why: string; readonly quiet?: true }>>> = {
  'emit/stale-removed': { verb: 'removed', why: 'no longer made', quiet: true },
  'emit/replaced': { verb: 'overwrote', why: 'made of more documents before', quiet: true },
  'emit/updated': { verb: 'overwrote', why: 'made of other content of documents with the same names before', quiet: true },
}

/** "removed 3 artifacts of earlier runs (no longer made): a.csv, b.csv, c.csv". */
function summariseChanges(diagnostics: readonly Diagnostic[], quiet: boolean): readonly string[] {
  const lines = Object.entries(changes).flatMap(([changed, { verb, why, quiet: always }]) => {
    const names = diagnostics.filter(({ code }) => code === changed).map(({ subject }) => subject ?? '')
    if (names.length === 0 || (quiet && always !== true)) return []
    const shown = names.slice(0, 3).map(neutralise).join(', ')
    return [`${verb} ${countNoun(names.length, 'artifact')} of earlier runs (${why}): ${shown}`
      + (names.length > 3 ? ` and ${names.length - 3} more` : '')]
  })
  // Without --quiet it is a warning like the others.
  const taken = quiet ? diagnostics.filter(({ code }) => code === 'emit/name-taken').map(({ message }) => shorten(message)) : []
  return [...lines, ...new Set(taken)]
}

type Settings = TextReportOptions & Required<Pick<TextReportOptions, 'palette'>>

/** A name that begins with white space is quoted: the lines below a diagnostic's first one are indented. */
function quoteBlank(name: string): string {
  return /^\s/.test(name) ? `"${name}"` : name
}

function renderDiagnostic(diagnostic: Diagnostic, options: Settings, first: boolean): string {
  const { palette, paths } = options
  const { code, severity, message, found, expected, count, origin, subject } = diagnostic
  const where = origin ? describePlace(paths?.get(origin.document) ?? origin.document, origin.place) : subject
  const head = [
    ...(where === undefined ? [] : [palette.strong(quoteBlank(neutralise(where)))]),
    paintSeverity(severity, palette),
    palette.faint(code),
  ]
  // The help is the same for every diagnostic of a code: printed once.
  const hint = diagnostic.hint ?? (first ? catalogue[code].help : undefined)
  return [
    head.join(' '),
    `  ${shorten(message)}${count !== undefined && count > 1 ? ` (${count} times)` : ''}`,
    ...showLine(diagnostic, options),
    ...labelled('found', found, palette),
    ...labelled('expected', expected, palette),
    ...labelled('hint', hint, palette),
  ].join('\n')
}

function showLine({ origin, excerpt }: Diagnostic, { palette, findLine }: Settings): readonly string[] {
  const place = origin?.place
  const { line, column } = place?.kind === 'text' || place?.kind === 'pointer' ? place : {}
  const text = excerpt ?? (origin && line !== undefined ? findLine?.(origin.document, line) : undefined)
  return text === undefined ? [] : renderExcerpt(text, line, column, palette)
}

function labelled(label: string, value: string | undefined, palette: Palette): readonly string[] {
  return value === undefined ? [] : [`  ${palette.faint(`${label}:`)} ${shorten(value)}`]
}

function paintSeverity(severity: Severity, palette: Palette): string {
  const paint = { error: palette.error, warning: palette.warning, info: palette.note }[severity]
  return paint(severity === 'info' ? 'note' : severity)
}

/** UTF-16 units after which messages, values and hints are cut. */
const longestValue = 300

function shorten(text: string): string {
  return neutralise(text.length <= longestValue ? text : `${cutText(text, longestValue)}…`)
}

/** Characters of a long source line that are shown, and how many of them precede the column. */
const longestLine = 100
const lead = 30

/**
 * A source line with its number and, below it, a caret under the column (from 1, in UTF-16 units). A long line is cut to the
 * part around the column; a column beyond the line gets no caret.
 */
function renderExcerpt(
  text: string,
  line: number | undefined,
  column: number | undefined,
  palette: Palette,
): readonly string[] {
  const gutter = line === undefined ? '' : String(line)
  const isInside = column !== undefined && column <= text.length + 1
  const start = isInside && column > longestLine ? column - 1 - lead : 0
  const end = Math.min(text.length, start + longestLine)
  const before = start > 0 ? '…' : ''
  const after = end < text.length ? '…' : ''
  const shown = `  ${palette.faint(`${gutter} |`)} ${before}${neutralise(text.slice(start, end))}${after}`
  if (!isInside) return [shown]
  const indent = ' '.repeat(displayWidth(before + neutralise(text.slice(start, column - 1))))
  return [shown, `  ${palette.faint(`${' '.repeat(gutter.length)} |`)} ${indent}${palette.strong('^')}`]
}

/** East Asian wide and full-width characters and pictographs: two columns in a terminal (approximately as in UAX #11). */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu
const MARK = /\p{M}/gu

function displayWidth(text: string): number {
  const visible = text.replace(MARK, '')
  return Array.from(visible).length + (visible.match(WIDE)?.length ?? 0)
}
