import type { Palette } from '../diagnostics/reporters/palette.js'
import { createProgress, type Progress } from './create-progress.js'
import { choosePalette } from './palette.js'

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
