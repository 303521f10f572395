import { plainPalette, type Palette } from '../diagnostics/reporters/palette.js'

const paint = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`

const ansiPalette: Palette = {
  error: paint(31),
  warning: paint(33),
  note: paint(36),
  strong: paint(1),
  faint: paint(2),
}

/** What decides about colours. */
export interface ColourSituation {
  /** Of `--no-color`: false when it was given. */
  readonly asked: boolean
  readonly isTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Colours on a terminal, unless --no-color or NO_COLOR (https://no-color.org) says no; FORCE_COLOR says yes to pipes too. */
export function choosePalette({ asked, isTerminal, env }: ColourSituation): Palette {
  if (!asked || isSet(env['NO_COLOR'])) return plainPalette
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] === '0' || env['FORCE_COLOR'] === 'false' ? plainPalette : ansiPalette
  return isTerminal && env['TERM'] !== 'dumb' ? ansiPalette : plainPalette
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
