import type { Palette } from '../diagnostics/reporters/palette.js'
import { choosePalette } from './palette.js'

const usualWidth = 100

/** How wide results may be: the terminal's width, else that of COLUMNS, else what reads well. */
export function resultWidth(): number {
  const asked = process.stdout.isTTY ? process.stdout.columns : Number(process.env['COLUMNS'])
  return Number.isInteger(asked) && asked > 0 ? Math.min(Math.max(asked, 40), 400) : usualWidth
}

/** Whether results may hold more than ASCII: a terminal of Windows or one in a UTF-8 locale shows it. */
export function resultUnicode({ platform, env }: Pick<NodeJS.Process, 'platform' | 'env'> = process): boolean {
  if (platform === 'win32') return env['WT_SESSION'] !== undefined || env['TERM_PROGRAM'] !== undefined
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '')
  return /utf-?8/i.test(locale ?? '')
}

/** The colours of results. */
export function resultPalette(asked: boolean): Palette {
  return choosePalette({ asked, isTerminal: process.stdout.isTTY, env: process.env })
}
