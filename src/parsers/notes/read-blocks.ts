import { createCommentMask, readFrontMatter } from './note-text.js'
import {
  closesFence, type Fence, isRule, isTableRule, type NoteLine, readDefinition, readFence, readHeading, readMarker, readNoteLine,
  readUnderline, splitCells,
} from './line-shapes.js'
import { createSpan, type GrowingSpan, type NoteBlock, type NoteItem, spanOf } from './note-block.js'

/** Blocks of a document in order, and its title if front matter states one. */
export interface NoteOutline {
  readonly title?: string
  readonly blocks: readonly NoteBlock[]
}

/**
 * Splits notes into blocks, line by line: headings, paragraphs, list items, tables and code of CommonMark 0.31 and GFM, and
 * their equivalents in plain text and AsciiDoc. Indented text is not code: plain notes indent freely.
 */
export function readBlocks(lines: readonly string[]): NoteOutline {
  const front = readFrontMatter(lines)
  const comments = createCommentMask(lines)
  const reader = createReader(lines)
  for (const [index, raw] of lines.entries()) {
    if (index < front.lines) continue
    const number = index + 1
    const line = readNoteLine(raw, number)
    if (reader.inCode(line)) continue
    const visible = comments.mask(raw, number)
    reader.read(visible === raw ? line : readNoteLine(visible, number))
  }
  const asides = comments.hidden.map((span): NoteBlock => ({ kind: 'aside', because: 'comment', span }))
  return { ...(front.title !== undefined && { title: front.title }), blocks: [...front.blocks, ...reader.blocks, ...asides] }
}

interface BlockReader {
  readonly blocks: readonly NoteBlock[]
  /** Consumes a line inside a code fence; false for other lines. */
  inCode(line: NoteLine): boolean
  read(line: NoteLine): void
}

function createReader(lines: readonly string[]): BlockReader {
  const blocks: NoteBlock[] = []
  let fence: Fence | undefined
  let code: GrowingSpan | undefined
  /** The paragraph that the next line may continue. */
  let open: GrowingSpan | undefined
  let item: NoteItem | undefined
  let table: { titles: readonly string[]; rows: number } | undefined

  return { blocks, inCode, read }

  function inCode(line: NoteLine): boolean {
    if (!fence) return false
    if (closesFence(line, fence)) {
      fence = undefined
      // The line after a block quote closes the code in it, and is still to be read.
      return line.quoted || /^[`~]/.test(line.text)
    }
    code?.add(line.text, line.number, line.column)
    return true
  }

  function read(line: NoteLine): void {
    const { text } = line
    if (text === '') return close()
    fence = readFence(text, line.quoted)
    if (fence) return openCode()
    if (readTitle(line)) return undefined
    if (isTableRule(text)) return readTitles(text)
    if (isRule(text)) return close()
    const label = line.indent < 4 ? readDefinition(text) : undefined
    if (label !== undefined) {
      close()
      blocks.push({ kind: 'aside', because: 'citation', span: spanOf(text, line.number, line.column), label })
    } else if (isRow(line)) {
      readRow(line)
    } else {
      table = undefined
      if (!readItem(line)) readText(line)
    }
    return undefined
  }

  function close(): void {
    open = undefined
    table = undefined
  }

  function openCode(): void {
    close()
    code = createSpan()
    blocks.push({ kind: 'aside', because: 'code', span: code })
  }

  function readTitle({ text, number, column, indent }: NoteLine): boolean {
    const heading = indent < 4 ? readHeading(text) : undefined
    if (heading) {
      const { level, start, end } = heading
      addHeading(level, spanOf(text.slice(start, end), number, column + start))
      return true
    }
    // Only a single line can be underlined as a title; below a longer paragraph, dashes are a rule.
    const last = blocks.at(-1)
    const title = open?.lines === 1 && last?.kind === 'text' && !last.item ? last.span : undefined
    const level = title && readUnderline(text, title.text)
    if (!title || level === undefined) return false
    blocks.pop()
    addHeading(level, title)
    return true
  }

  function addHeading(level: number, span: NoteBlock['span']): void {
    close()
    item = undefined
    blocks.push({ kind: 'heading', level, span })
  }

  function isRow({ text, number }: NoteLine): boolean {
    if (!text.includes('|')) return false
    return table !== undefined || text.startsWith('|') || (!open && isTableRule(lines[number]?.trim() ?? ''))
  }

  function readRow({ text, number, column }: NoteLine): void {
    open = undefined
    table ??= { titles: [], rows: 0 }
    table.rows += 1
    blocks.push({ kind: 'row', span: spanOf(text, number, column), table })
  }

  /** The row above the first delimiter row is the header; in a grid table, only if the delimiter row has "=". */
  function readTitles(rule: string): void {
    const last = blocks.at(-1)
    if (!table || table.rows !== 1 || last?.kind !== 'row' || (rule.startsWith('+') && !rule.includes('='))) return
    table.titles = splitCells(last.span.text)
    blocks[blocks.length - 1] = { kind: 'aside', because: 'titles', span: last.span }
  }

  function readItem(line: NoteLine): boolean {
    const marker = readMarker(line.text)
    if (!marker) return false
    const indent = line.indent + marker.deeper
    while (item && item.indent >= indent) item = item.parent
    const text = line.text.slice(marker.length)
    open = createSpan()
    item = { indent, span: open, ...(item && { parent: item }) }
    fence = readFence(text, line.quoted)
    if (fence) {
      openCode()
      return true
    }
    open.add(text, line.number, line.column + marker.length)
    blocks.push({ kind: 'text', span: open, item })
    return true
  }

  function readText({ text, number, column, indent }: NoteLine): void {
    if (open) return open.add(text, number, column)
    while (item && item.indent >= indent) item = item.parent
    open = createSpan()
    open.add(text, number, column)
    blocks.push({ kind: 'text', span: open, ...(item && { item }) })
  }
}
