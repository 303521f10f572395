import type { Palette } from '../diagnostics/reporters/palette.js'
import { choosePalette } from './palette.js'

const usualWidth = 100

/** How wide results may be: the terminal's width, else that of COLUMNS, else what reads well. */
export function resultWidth(): number {
  const asked = process.stdout.isTTY ? process.stdout.columns : Number(process.env['COLUMNS'])
  return Number.isInteger(asked) && asked > 0 ? Math.min(Math.max(asked, 40), 400) : usualWidth
}

/** The colours of results. */
export function resultPalette(asked: boolean): Palette {
  return choosePalette({ asked, isTerminal: process.stdout.isTTY, env: process.env })
}
