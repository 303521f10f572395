/** An id in its row. */
export interface NumberedRow {
  readonly row: number
  readonly id: string
  /** Folded; '' if the table has none. */
  readonly name: string
  /** Whether a zero at the end of the id may be lost. */
  readonly isNumber: boolean
}

/** The two numbers of an id such as 4.11; undefined for other texts. */
export function readDecimal(id: string): readonly [whole: number, part: number] | undefined {
  const [, whole, part] = /^(\d{1,4})\.([1-9]|\d[1-9])$/.exec(id) ?? []
  return whole === undefined || part === undefined ? undefined : [Number(whole), Number(part)]
}

/** Consecutive rows of one id and name. */
interface Run {
  readonly rows: readonly number[]
  readonly whole: number
  readonly part: number
  readonly isNumber: boolean
}

/**
 * The ids that lost a zero, by row: those that fit between their neighbours only with it, as 4.1 between 4.9 and 4.11, 4.2 between
 * 4.19 and 4.21, or 4.1 after 4.9 at the end of its section.
 */
export function restoreZeros(rows: readonly NumberedRow[]): ReadonlyMap<number, string> {
  const restored = new Map<number, string>()
  const runs = findRuns(rows)
  for (const [index, run] of runs.entries()) {
    if (!run.isNumber || run.part > 9) continue
    const previous = runs[index - 1]
    const next = runs[index + 1]
    const zero = run.part * 10
    const follows = previous?.whole === run.whole && previous.part === zero - 1
    const isLast = next === undefined || next.whole > run.whole
    const precedes = next?.whole === run.whole && next.part === zero + 1
    const isBetween = previous?.whole === run.whole && precedes && previous.part < zero && previous.part > run.part
    if (isBetween || (follows && isLast)) for (const row of run.rows) restored.set(row, `${run.whole}.${zero}`)
  }
  return isSorted(runs, restored) ? restored : new Map()
}

/** Share of neighbours that must be in order: in other tables, an id says nothing about the one after it. */
const IN_ORDER = 0.8

function isSorted(runs: readonly Run[], restored: ReadonlyMap<number, string>): boolean {
  const keys = runs.map(({ rows: [row = -1], whole, part }) => whole * 10_000 + (restored.has(row) ? part * 10 : part))
  const pairs = keys.slice(1).map((key, index) => key >= (keys[index] ?? 0))
  return pairs.filter(Boolean).length >= pairs.length * IN_ORDER
}

function findRuns(rows: readonly NumberedRow[]): readonly Run[] {
  const runs: (Run & { readonly key: string; readonly rows: number[] })[] = []
  for (const { row, id, name, isNumber } of rows) {
    const decimal = readDecimal(id) ?? readWithZero(id)
    const key = `${id} ${name}`
    const last = runs.at(-1)
    if (last?.key === key) last.rows.push(row)
    else {
      const [whole, part] = decimal ?? [-1, -1]
      runs.push({ key, rows: [row], whole, part, isNumber: isNumber && readDecimal(id) !== undefined })
    }
  }
  return runs
}

/** 4.20, which kept its zero. */
function readWithZero(id: string): readonly [number, number] | undefined {
  const [, whole, part] = /^(\d{1,4})\.(\d{1,3})$/.exec(id) ?? []
  return whole === undefined ? undefined : [Number(whole), Number(part)]
}
