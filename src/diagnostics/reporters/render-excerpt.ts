import { neutralise } from './neutralise.js'
import type { Palette } from './palette.js'

/** East Asian wide and full-width characters and pictographs: two columns of a terminal (Unicode UAX 11, roughly). */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu
const MARK = /\p{M}/gu
/** Characters of a line that are shown, and how many of them at least stand before the column. */
const longest = 100
const lead = 30

/**
 * A source line with its number and, below it, a caret under the column (from 1; UTF-16 units). Of a long line the part
 * around the column is shown; a column beyond the line gets no caret.
 */
export function renderExcerpt(
  text: string,
  line: number | undefined,
  column: number | undefined,
  palette: Palette,
): readonly string[] {
  const gutter = line === undefined ? '' : String(line)
  const isInside = column !== undefined && column <= text.length + 1
  const start = isInside && column > longest ? column - 1 - lead : 0
  const end = Math.min(text.length, start + longest)
  const before = start > 0 ? '…' : ''
  const after = end < text.length ? '…' : ''
  const shown = `  ${palette.faint(`${gutter} |`)} ${before}${neutralise(text.slice(start, end))}${after}`
  if (!isInside) return [shown]
  const indent = ' '.repeat(displayWidth(before + neutralise(text.slice(start, column - 1))))
  return [shown, `  ${palette.faint(`${' '.repeat(gutter.length)} |`)} ${indent}${palette.strong('^')}`]
}

function displayWidth(text: string): number {
  const visible = text.replace(MARK, '')
  return Array.from(visible).length + (visible.match(WIDE)?.length ?? 0)
}
