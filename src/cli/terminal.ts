import { neutralise, type Palette, plainPalette } from '../diagnostics/reporters/terminal-text.js'

/** Output of a command: results go to stdout, messages to stderr. */
export interface Terminal {
  readonly printResult: (text: string) => void
  readonly printMessage: (text: string) => void
  readonly palette: Palette
  readonly progress: Progress | undefined
}

/** Opens the streams of the process, with colours and progress if the options and the streams allow them. */
export function openTerminal({ color, quiet = false }: { readonly color: boolean; readonly quiet?: boolean }): Terminal {
  const { stdout, stderr } = process
  const progress = stderr.isTTY && !quiet
    ? createProgress({ write: (text) => void stderr.write(text), now: () => performance.now() })
    : undefined
  return {
    printResult: (text) => void stdout.write(text),
    printMessage: (text) => void stderr.write(text),
    palette: choosePalette({ enabled: color, isTerminal: stderr.isTTY, env: process.env }),
    progress,
  }
}

/** Progress line on a terminal. */
interface Progress {
  readonly show: (stage: string, done: number, total: number) => void
  /** Erases the line before other output. */
  readonly clear: () => void
}

/** Stream and clock of a progress line. */
interface ProgressOptions {
  readonly write: (text: string) => void
  /** Milliseconds. */
  readonly now: () => number
}

/** Milliseconds before the line appears. */
const delay = 500
/** Milliseconds between updates. */
const interval = 100

/** Creates a progress line that appears after half a second and is updated at most ten times a second. */
export function createProgress({ write, now }: ProgressOptions): Progress {
  const start = now()
  let last = -Infinity
  return {
    show(stage, done, total) {
      const time = now()
      if (time - start < delay || time - last < interval) return
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

/** The environment that decides whether colours are used. */
interface ColourSettings {
  /** False with `--no-color`. */
  readonly enabled: boolean
  readonly isTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Colours on terminals, except with --no-color or NO_COLOR (https://no-color.org); FORCE_COLOR enables them in pipes too. */
export function choosePalette({ enabled, isTerminal, env }: ColourSettings): Palette {
  if (!enabled || isSet(env['NO_COLOR'])) return plainPalette
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] === '0' || env['FORCE_COLOR'] === 'false' ? plainPalette : ansiPalette
  return isTerminal && env['TERM'] !== 'dumb' ? ansiPalette : plainPalette
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}

const defaultWidth = 100

/** Width of results: that of the terminal, else COLUMNS, else 100. */
export function resultWidth(): number {
  const width = process.stdout.isTTY ? process.stdout.columns : Number(process.env['COLUMNS'])
  return Number.isInteger(width) && width > 0 ? Math.min(Math.max(width, 40), 400) : defaultWidth
}

/** Whether results may contain non-ASCII characters: on modern Windows terminals and in UTF-8 locales. */
export function resultUnicode({ platform, env }: Pick<NodeJS.Process, 'platform' | 'env'> = process): boolean {
  if (platform === 'win32') return env['WT_SESSION'] !== undefined || env['TERM_PROGRAM'] !== undefined
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '')
  return /utf-?8/i.test(locale ?? '')
}

/** Colours of results, which go to stdout. */
export function resultPalette(enabled: boolean): Palette {
  return choosePalette({ enabled, isTerminal: process.stdout.isTTY, env: process.env })
}

/** Renders rows as aligned columns, two spaces apart. `right`: indices of right-aligned columns. Cells are neutralised. */
export function renderTable(rows: readonly (readonly string[])[], right: ReadonlySet<number> = new Set()): string {
  const cells = rows.map((row) => row.map(neutralise))
  const widths: number[] = []
  for (const row of cells) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  const pad = (cell: string, column: number): string =>
    right.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)
  return cells.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('')
}

/** A table of files: each on a line or, if the width is known and lines would be wider, the path above its facts, named by the header. */
export function renderFiles(
  rows: readonly (readonly string[])[], right: ReadonlySet<number> = new Set(), header?: readonly string[],
): string {
  const table = renderTable([...(header ? [header] : []), ...rows], right)
  // Programs that read a pipe get the same lines everywhere.
  const width = process.stdout.isTTY || process.env['COLUMNS'] !== undefined ? resultWidth() : Infinity
  if (table.split('\n').every((line) => line.length <= width)) return table
  return rows.map(([file = '', ...facts]) => {
    const named = header ? facts.map((fact, index) => `${header[index + 1]?.toLowerCase() ?? ''} ${fact}`) : facts
    const stated = named.filter((fact) => fact !== '').join(', ')
    return renderTable(stated === '' ? [[file]] : [[file], [`  ${stated}`]])
  }).join('')
}

/** Formats a size in bytes: "812 B", "1.2 kB", "34 MB" (powers of 1000). */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  let size = bytes
  for (const unit of ['kB', 'MB', 'GB']) {
    size /= 1000
    if (size < 999.5 || unit === 'GB') return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${unit}`
  }
  return `${bytes} B`
}

/** Describes the first three counts that are not zero: "rows: 3, unmapped capabilities: 1". */
export function describeCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .slice(0, 3)
    .map(([name, count]) => `${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${count}`)
    .join(', ')
}
