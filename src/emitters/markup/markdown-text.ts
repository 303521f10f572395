/** Marks that turn the direction of text round (CVE-2021-42574). */
export const directionMarks = /\p{Bidi_Control}/gu

/** Words that hosts of Markdown make links of, or tell people by, though nothing marks them: addresses, @names, #numbers. */
const linkable = /:\/\/|[\p{L}\p{N}]\.\p{L}{2}|@|#\d/u

/** What code within a line cannot hold as it stands, or a careless reader would take for a tag. */
const unfitForCode = /[`\\<>]|\p{Bidi_Control}/u

/** What means something to CommonMark 0.31, GFM, or the formulas and templates of wikis, wherever it stands in a line. */
const marks = /[\\`*_{}[\]|~$#]/g

/**
 * Text of a document as text of one line: nothing in it becomes a link, a picture, a tag or markup. Words that would become links
 * without any mark stand as code; where they can't, a zero-width space parts them.
 */
export function inlineText(text: string): string {
  return text.split(/\s+/).filter((word) => word !== '').map(renderWord).join(' ')
}

/** The same for a cell of a table: its lines stay lines. */
export function cellText(text: string): string {
  return text.split(/\r\n?|\n/).map(inlineText).join('<br>')
}

/** Values of a list, each on its own line of a cell. */
export function cellLines(values: readonly string[]): string {
  return values.map(inlineText).join('<br>')
}

/** A link to an address of ours; `text` is a document's. */
export function linkTo(text: string, address: string): string {
  return `[${inlineText(text)}](${address})`
}

function renderWord(word: string): string {
  if (!linkable.test(word)) return escapeMarks(word)
  if (unfitForCode.test(word)) return escapeMarks(partLinks(word))
  // GFM, section 4.10: a pipe parts cells in code too, unless a backslash stands before it.
  return `\`${word.replaceAll('|', '\\|')}\``
}

/** No host takes "https:" for the beginning of an address where a zero-width space follows. */
function partLinks(word: string): string {
  return word.replaceAll(/:(?=\/\/)|[\p{L}\p{N}](?=\.\p{L}{2})|@|#(?=\d)/gu, '$&\u200B')
}

function escapeMarks(word: string): string {
  return word
    .replaceAll(directionMarks, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll(marks, '\\$&')
    .replaceAll(/&(?=#|[A-Za-z0-9]{1,40};)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** A column of a table: its title, which is ours, and what its cells hold, as Markdown. */
export interface TableColumn<Row> {
  readonly title: string
  readonly cell: (row: Row) => string
  /** Numbers stand to the right. */
  readonly number?: true
  /** Left out where all its cells are blank. */
  readonly optional?: true
}

/** A table as GFM has it (section 4.10); no lines where there are no rows. */
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
