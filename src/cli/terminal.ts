import { type Palette, plainPalette } from '../diagnostics/reporters/terminal-text.js'

/** Where results and messages go: stdout is for results, stderr for people. */
export interface Terminal {
  readonly printResult: (text: string) => void
  readonly printMessage: (text: string) => void
  readonly palette: Palette
  readonly progress: Progress | undefined
}

/** The process's own streams, with colours and progress as the user wants and the streams can. */
export function openTerminal({ color, quiet = false }: { readonly color: boolean; readonly quiet?: boolean }): Terminal {
  const { stdout, stderr } = process
  const progress = stderr.isTTY && !quiet
    ? createProgress({ write: (text) => void stderr.write(text), now: () => performance.now() })
    : undefined
  return {
    printResult: (text) => void stdout.write(text),
    printMessage: (text) => void stderr.write(text),
    palette: choosePalette({ asked: color, isTerminal: stderr.isTTY, env: process.env }),
    progress,
  }
}

/** How far a stage is. */
interface Progress {
  readonly tell: (stage: string, done: number, total: number) => void
  /** Wipes the line, so that what is printed next stands alone. */
  readonly clear: () => void
}

/** The parts of a stream and a clock that progress needs. */
interface ProgressSurroundings {
  readonly write: (text: string) => void
  readonly now: () => number
}

const patience = 500
const interval = 100

/** A line on the terminal, from half a second on, ten times a second at most. */
export function createProgress({ write, now }: ProgressSurroundings): Progress {
  const start = now()
  let last = -Infinity
  return {
    tell(stage, done, total) {
      const time = now()
      if (time - start < patience || time - last < interval) return
      last = time
      write(`\r\u001b[K${stage} ${done}/${total}`)
    },
    clear() {
      if (last > -Infinity) write('\r\u001b[K')
      last = -Infinity
    },
  }
}

const paint = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`

const ansiPalette: Palette = {
  error: paint(31),
  warning: paint(33),
  note: paint(36),
  strong: paint(1),
  faint: paint(2),
}

/** What decides about colours. */
interface ColourSituation {
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
