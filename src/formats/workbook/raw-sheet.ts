/** A sheet as a reader of workbooks gives it, before merged cells share their text. Rows and columns count from 0. */
export interface RawSheet {
  readonly name: string
  /** Cells as displayed; rows and cells may be missing. */
  readonly rows: (string[] | undefined)[]
  readonly merges: readonly MergedCells[]
  /** Addresses behind cells, by their place in A1 style. */
  readonly links: ReadonlyMap<string, string>
}

/** A rectangle of merged cells, its ends included. */
interface MergedCells {
  readonly startRow: number
  readonly endRow: number
  readonly startCol: number
  readonly endCol: number
}
