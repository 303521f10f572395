/**
 * Reads CSV as RFC 4180 has it, and nothing laxer: records end in CRLF, quotes are doubled, and an unquoted cell holds neither
 * quote, comma, CR nor LF. Throws at anything else.
 */
export function readCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    const [cell, end] = text[at] === '"' ? readQuoted(text, at + 1) : readPlain(text, at)
    record.push(cell)
    if (text[end] === ',') {
      at = end + 1
      if (at === text.length) record.push('')
      continue
    }
    if (text.slice(end, end + 2) !== '\r\n') throw new Error(`a record does not end in CRLF at character ${end}`)
    records.push(record)
    record = []
    at = end + 2
  }
  if (record.length > 0) throw new Error('the last record does not end')
  return records
}

function readPlain(text: string, start: number): readonly [string, number] {
  let end = start
  while (end < text.length && text[end] !== ',' && text[end] !== '\r' && text[end] !== '\n') {
    if (text[end] === '"') throw new Error(`a quote in an unquoted cell at character ${end}`)
    end += 1
  }
  return [text.slice(start, end), end]
}

function readQuoted(text: string, start: number): readonly [string, number] {
  let cell = ''
  let at = start
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) throw new Error(`a quoted cell does not end, from character ${start}`)
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return [cell, quote + 1]
    cell += '"'
    at = quote + 2
  }
}
