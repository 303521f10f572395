import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { ListedGroup } from '../page/page-content.js'
import type { TextLine } from './text-lines.js'

/** A list's lines up to the first blank one behind which only other things stand. */
export function listLines(body: readonly TextLine[]): readonly TextLine[] {
  const end = body.findIndex((line) => line.text === '')
  return end < 0 ? body : body.slice(0, end)
}

/** Takes `count` whole numbers off a line's end; undefined where it does not end in so many. */
export function dropNumbers(text: string, count: number): string | undefined {
  const words = text.split(' ')
  const numbers = words.slice(-count)
  return words.length > count && numbers.every((word) => /^\d[\d,]*$/.test(word)) ? words.slice(0, -count).join(' ') : undefined
}

/** Reads "AC Access Control 1400 18": a group's id, its name, and how many mappings and capabilities it has. */
export function readListedGroup(text: string, framework: string | undefined, known: KnownCapabilities): ListedGroup | undefined {
  const rest = dropNumbers(text, 2)
  if (rest === undefined) return undefined
  const space = rest.indexOf(' ')
  const id = space < 0 ? rest : rest.slice(0, space)
  const name = space < 0 ? known.group(framework ?? '', id)?.name ?? id : rest.slice(space + 1)
  return { id, name }
}
