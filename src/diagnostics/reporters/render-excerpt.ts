import type { Diagnostic } from '../diagnostic.js'
import { neutralise } from './neutralise.js'
import type { Palette } from './palette.js'

/** East Asian wide and full-width characters and pictographs: two columns of a terminal (Unicode UAX 11, roughly). */
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu
const MARK = /\p{M}/gu

/**
 * The source line with its number and, below it, a caret under the column; two lines, or one where the column is unknown
 * or lies beyond the excerpt. Empty when the diagnostic carries no excerpt.
 */
export function renderExcerpt(diagnostic: Diagnostic, palette: Palette): readonly string[] {
  const { excerpt, origin } = diagnostic
  if (excerpt === undefined) return []
  const { line, column } = lineAndColumn(origin?.place)
  const gutter = line === undefined ? '' : String(line)
  const shown = `  ${palette.faint(`${gutter} |`)} ${neutralise(excerpt)}`
  if (column === undefined || column > excerpt.length + 1) return [shown]
  const indent = ' '.repeat(displayWidth(neutralise(excerpt.slice(0, column - 1))))
  return [shown, `  ${palette.faint(`${' '.repeat(gutter.length)} |`)} ${indent}${palette.strong('^')}`]
}

type MaybePlace = NonNullable<Diagnostic['origin']>['place'] | undefined

function lineAndColumn(place: MaybePlace): { readonly line?: number | undefined; readonly column?: number | undefined } {
  return place?.kind === 'text' || place?.kind === 'pointer' ? { line: place.line, column: place.column } : {}
}

function displayWidth(text: string): number {
  const visible = text.replace(MARK, '')
  return Array.from(visible).length + (visible.match(WIDE)?.length ?? 0)
}
