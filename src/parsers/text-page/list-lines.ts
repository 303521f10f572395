import type { TextLine } from './text-lines.js'

/** A list's lines: those before the first blank one. */
export function listLines(body: readonly TextLine[]): readonly TextLine[] {
  const end = body.findIndex((line) => line.text === '')
  return end < 0 ? body : body.slice(0, end)
}
