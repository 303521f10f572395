import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import { stated } from '../../model/stated.js'
import type { CellTexts } from './cell-text.js'
import { describePlace } from './table-rows.js'

/** A diagnostic as a page shows it. */
export interface PageNote {
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly count: number
  readonly code: string
  /** Document and place. */
  readonly place?: string
  readonly found?: string
  readonly expected?: string
  readonly hint?: string
}

/** Converts diagnostics to the notes of a page, with sanitised texts. */
export function describeNotes(diagnostics: readonly Diagnostic[], texts: CellTexts): readonly PageNote[] {
  const clean = (text: string | undefined): string | undefined => (text ? texts.clean(text, 'the notes') : undefined)
  return diagnostics.map(({ severity, message, count = 1, code, origin, found, expected, hint }) => ({
    severity,
    message: texts.clean(message, 'the notes'),
    count,
    code,
    ...stated({
      place: clean(origin && `${origin.document}, ${describePlace(origin.place)}`),
      found: clean(found),
      expected: clean(expected),
      hint: clean(hint),
    }),
  }))
}
