/** How far a stage is. */
export interface Progress {
  readonly tell: (stage: string, done: number, total: number) => void
  /** Wipes the line, so that what is printed next stands alone. */
  readonly clear: () => void
}

/** The parts of a stream and a clock that progress needs. */
export interface ProgressSurroundings {
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
