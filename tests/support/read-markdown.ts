/** A cell as a reader of the rendered page sees it, and what in it is alive. */
export interface ReadCell {
  /** Lines are separated by \n. */
  readonly text: string
  readonly links: readonly string[]
  /** Tags but for line breaks, and marks of markup that nothing escapes. */
  readonly alive: readonly string[]
}

export interface ReadTable {
  /** The nearest heading above. */
  readonly heading: string
  readonly titles: readonly string[]
  readonly rows: readonly (readonly ReadCell[])[]
}

export interface ReadMarkdown {
  readonly headings: readonly { readonly level: number; readonly text: string }[]
  readonly tables: readonly ReadTable[]
  /** Lines that are neither. */
  readonly others: readonly ReadCell[]
}

/** Reads a page as GFM 0.29 has it, strictly: a table whose lines differ in width is an error. Written apart. */
export function readMarkdown(page: string): ReadMarkdown {
  const headings: { level: number; text: string }[] = []
  const tables: ReadTable[] = []
  const others: ReadCell[] = []
  const blocks = page.split(/\n{2,}/).filter((block) => block.trim() !== '')
  for (const block of blocks) {
    const lines = block.replace(/\n$/, '').split('\n')
    if (lines[0]?.startsWith('|')) {
      tables.push(readTable(lines, headings.at(-1)?.text ?? ''))
      continue
    }
    for (const line of lines) {
      const heading = /^(#{1,6}) (.*)$/.exec(line)
      if (heading) headings.push({ level: heading[1]?.length ?? 0, text: readInline(heading[2] ?? '').text })
      else others.push(readInline(line.replace(/^- /, '').replace(/^\*\*(.*)\*\*$/, '$1')))
    }
  }
  return { headings, tables, others }
}

function readTable(lines: readonly string[], heading: string): ReadTable {
  const [titles = [], rule = [], ...rows] = lines.map(splitRow)
  const widths = new Set([titles, rule, ...rows].map((cells) => cells.length))
  if (widths.size !== 1) throw new Error(`the lines of a table under "${heading}" are ${[...widths].join(', ')} cells wide`)
  if (!rule.every((cell) => /^-{3,}:?$/.test(cell))) throw new Error(`no line of dashes under "${heading}"`)
  return { heading, titles, rows: rows.map((row) => row.map(readInline)) }
}

/** Pipes part cells, in code too, unless a backslash that is not itself escaped stands before them. */
function splitRow(line: string): readonly string[] {
  if (!line.startsWith('| ') || !line.endsWith(' |')) throw new Error(`not a row: ${line.slice(0, 80)}`)
  const cells: string[] = []
  let cell = ''
  for (let at = 1; at < line.length; at += 1) {
    const character = line.charAt(at)
    if (character === '\\') {
      cell += line.slice(at, at + 2)
      at += 1
    } else if (character === '|') {
      cells.push(cell.trim())
      cell = ''
    } else cell += character
  }
  if (cell !== '') throw new Error('a row does not end in a pipe')
  return cells
}

const entities = new Map([['&amp;', '&'], ['&lt;', '<'], ['&gt;', '>']])
const tokens = [
  /(?<escaped>\\[!-/:-@[-`{-~])/,
  /`(?<code>[^`]+)`/,
  /(?<br><br>)/,
  /(?<entity>&(?:amp|lt|gt);)/,
  /\[(?<words>(?:\\.|[^[\]\\])*)\]\((?<address>[^()\s]+)\)/,
  // What would be markup, a tag, an entity, or what hosts make links of.
  /[<>*_`~[\]|\\]|&(?=#|[A-Za-z0-9]+;)|:\/\/|[\p{L}\p{N}]\.\p{L}{2}|@(?!\u200B)|#\d/u,
]
const token = new RegExp(tokens.map(({ source }) => source).join('|'), 'gsu')

function readInline(source: string): ReadCell {
  const links: string[] = []
  const alive: string[] = []
  const text = source.replaceAll(token, (whole, ...rest) => {
    const groups: Readonly<Record<string, string | undefined>> = Object(rest.at(-1))
    if (groups['escaped'] !== undefined) return whole.slice(1)
    if (groups['code'] !== undefined) return groups['code'].replaceAll('\\|', '|')
    if (groups['br'] !== undefined) return '\n'
    if (groups['entity'] !== undefined) return entities.get(whole) ?? ''
    if (groups['address'] !== undefined) {
      links.push(groups['address'])
      const words = readInline(groups['words'] ?? '')
      alive.push(...words.alive)
      return words.text
    }
    alive.push(whole)
    return whole
  })
  return { text, links, alive }
}
