/** Bidirectional control characters, which can disguise text (CVE-2021-42574). */
export const bidiControls = /\p{Bidi_Control}/gu

/** Words that Markdown hosts turn into links or mentions without markup: URLs, @names, #numbers. */
const linkable = /:\/\/|[\p{L}\p{N}]\.\p{L}{2}|@|#\d/u

/** Characters that a code span cannot contain, or that a lenient parser could read as a tag. */
const unfitForCode = /[`\\<>]|\p{Bidi_Control}/u

/** Characters with a meaning anywhere in a line: in CommonMark 0.31, in GFM, or in the formulas and templates of wikis. */
const marks = /[\\`*_{}[\]|~$#]/g

/**
 * Text of a document as text on one line: nothing in it becomes a link, an image, a tag or markup. Words that hosts would turn into links
 * become code spans; words that a code span cannot contain are broken by a zero-width space.
 */
export function inlineText(text: string): string {
  return text.split(/\s+/).filter((word) => word !== '').map(renderWord).join(' ')
}

/** Text of a document for a cell of a table, with its line breaks. */
export function cellText(text: string): string {
  return text.split(/\r\n?|\n/).map(inlineText).join('<br>')
}

/** A list of texts for a cell of a table, each on its own line. */
export function cellLines(values: readonly string[]): string {
  return values.map(inlineText).join('<br>')
}

/** A link to a trusted URL; `text` is text of a document. */
export function linkTo(text: string, address: string): string {
  return `[${inlineText(text)}](${address})`
}

function renderWord(word: string): string {
  if (!linkable.test(word)) return escapeMarks(word)
  if (unfitForCode.test(word)) return escapeMarks(breakLinks(word))
  // A pipe separates cells in code spans too, unless it is escaped (GFM, section 4.10).
  return `\`${word.replaceAll('|', '\\|')}\``
}

/** Inserts zero-width spaces: hosts do not link "https:" if one follows. */
function breakLinks(word: string): string {
  return word.replaceAll(/:(?=\/\/)|[\p{L}\p{N}](?=\.\p{L}{2})|@|#(?=\d)/gu, '$&\u200B')
}

function escapeMarks(word: string): string {
  return word
    .replaceAll(bidiControls, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll(marks, '\\$&')
    .replaceAll(/&(?=#|[A-Za-z0-9]{1,40};)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** A column of a table: its title and its cells, as Markdown. */
export interface TableColumn<Row> {
  readonly title: string
  readonly cell: (row: Row) => string
  /** Aligned to the right. */
  readonly number?: true
  /** Omitted if all its cells are blank. */
  readonly optional?: true
}

/** The lines of a table (GFM, section 4.10); none if there are no rows. */
export function renderTable<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return []
  const cells = columns.map(({ cell }) => rows.map(cell))
  const kept = columns.flatMap((column, index) => {
    const own = cells[index] ?? []
    return column.optional === true && own.every((text) => text === '') ? [] : [{ ...column, own }]
  })
  return [
    renderLine(kept.map(({ title }) => title)),
    renderLine(kept.map(({ number }) => (number === true ? '---:' : '---'))),
    ...rows.map((_row, index) => renderLine(kept.map(({ own }) => own[index] ?? ''))),
    '',
  ]
}

function renderLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
