/** A field and the title, or the letter, of its column. */
export type NamedColumn = readonly [field: string, title: string]

/** The option that names columns, as it can be pasted into a shell: `--columns "comments=CIS Controls v8"`. */
export function columnsOption(columns: readonly NamedColumn[]): string {
  return `--columns ${quoteForShell(columns.map(([field, title]) => `${field}=${quoteTitle(title)}`).join(','))}`
}

/** A title with commas or quotes, in double quotes, with the quotes in it doubled. */
function quoteTitle(title: string): string {
  return /[",]|^'/.test(title) ? `"${title.replaceAll('"', '""')}"` : title
}

/** An argument in quotes, unless it needs none. */
function quoteForShell(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  if (!/["$`\\!]/.test(text)) return `"${text}"`
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

type ParsedColumns = { readonly columns: Readonly<Record<string, readonly string[]>> } | { readonly invalid: string }

/**
 * Reads FIELD=TITLE,FIELD=TITLE: the titles of each field, in order. A title in quotes may contain commas; a quote in it is doubled. A
 * title without quotes may contain an equals sign. The first entry that is no pair, if there is one.
 */
export function parseColumnsOption(list: string): ParsedColumns {
  const columns = new Map<string, string[]>()
  for (const entry of splitEntries(list)) {
    const at = entry.indexOf('=')
    const field = entry.slice(0, at).trim()
    const title = at < 1 ? '' : unquote(entry.slice(at + 1).trim())
    if (field === '' || title === '') return { invalid: entry }
    columns.set(field, [...(columns.get(field) ?? []), title])
  }
  return { columns: Object.fromEntries(columns) }
}

/** Splits at the commas outside quotes. Quotes count only where a title begins, and only if they are closed before a comma or the end. */
function splitEntries(list: string): readonly string[] {
  const entries: string[] = []
  let start = 0
  for (let at = 0; at <= list.length; at += 1) {
    if (at < list.length && list[at] !== ',') {
      const quote = list.charAt(at)
      const begins = (quote === '"' || quote === "'") && /^[^=]*=\s*$/.test(list.slice(start, at))
      if (begins) at = closingQuote(list, at, quote) ?? at
      continue
    }
    entries.push(list.slice(start, at))
    start = at + 1
  }
  return entries
}

function closingQuote(list: string, open: number, quote: string): number | undefined {
  for (let at = open + 1; at < list.length; at += 1) {
    if (list[at] !== quote) continue
    if (list[at + 1] === quote) at += 1
    else return /^\s*(?:,|$)/.test(list.slice(at + 1)) ? at : undefined
  }
  return undefined
}

function unquote(title: string): string {
  const quote = title.charAt(0)
  if ((quote !== '"' && quote !== "'") || title.length < 2 || !title.endsWith(quote)) return title
  return title.slice(1, -1).replaceAll(quote + quote, quote).trim()
}
