import { CFB, read, type CellObject, type WorkBook } from 'xlsx'

/** A cell as an independent reader sees it. */
interface ReadCell {
  readonly value: string | number | boolean | null
  readonly link?: string
}

/** A sheet's cells by row and column, from A1 on; blank cells are null. */
export type ReadSheet = readonly (readonly ReadCell[])[]

/**
 * Reads a workbook with the package `xlsx`, which shares no code with the writer. Throws at a formula or an error value: we
 * write none.
 */
export function readWorkbook(bytes: Uint8Array): ReadonlyMap<string, ReadSheet> {
  const workbook: WorkBook = read(bytes, { type: 'array', cellFormula: true, dense: true })
  return new Map(
    workbook.SheetNames.map((name) => {
      const rows = (workbook.Sheets[name]?.['!data'] ?? []) as (CellObject | undefined)[][]
      return [name, Array.from(rows, (row) => Array.from(row ?? [], (cell) => readCell(cell, name)))]
    }),
  )
}

function readCell(cell: CellObject | undefined, sheet: string): ReadCell {
  if (!cell || cell.t === 'z') return { value: null }
  if (cell.f !== undefined) throw new Error(`a formula in ${sheet}: ${cell.f}`)
  if (cell.t === 'e') throw new Error(`an error value in ${sheet}: ${cell.w ?? ''}`)
  if (cell.v instanceof Date || cell.v === undefined) throw new Error(`a date or nothing in ${sheet}`)
  return { value: cell.v, ...(cell.l !== undefined && { link: cell.l.Target }) }
}

interface Archive {
  readonly FullPaths: readonly string[]
  readonly FileIndex: readonly { readonly content?: ArrayLike<number> }[]
}

/** The parts of a workbook, by path, as text. Throws where one is not UTF-8. */
export function readParts(bytes: Uint8Array): ReadonlyMap<string, string> {
  const archive: Archive = CFB.read(bytes, { type: 'array' })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return new Map(
    archive.FullPaths.flatMap((path, index) => {
      const content = archive.FileIndex[index]?.content
      return path.endsWith('/') || content === undefined
        ? []
        : [[path.replace(/^Root Entry\//, ''), decoder.decode(new Uint8Array(content))] as const]
    }),
  )
}
