import type { ListedTable, Workbook } from '../../../../src/emitters/xlsx/workbook.js'
import { xlsx } from '../../../../src/emitters/xlsx/xlsx.js'
import type { EmitContext } from '../../../../src/emitters/emitter.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { emitContext } from '../../../support/emit-context.js'
import { readWorkbook, type ReadSheet } from '../../../support/read-workbook.js'
import { workbookOptions } from '../../../support/workbook-options.js'

/** The workbook of sets: as it was judged, as bytes, and as another library reads it. */
export interface Emitted {
  readonly workbook: Workbook
  readonly bytes: Uint8Array
  readonly counts: Readonly<Record<string, number>>
  readonly sheet: (name: string) => ReadSheet
  /** One of its tables as it was judged. */
  readonly table: (name: string) => ListedTable
}

export async function emitSets(sets: readonly ResolvedSet[], context: EmitContext = emitContext()): Promise<Emitted> {
  const [artifact, second] = await xlsx.emit(sets, context, workbookOptions)
  if (!artifact || second) throw new Error('not one artifact')
  const bytes = await artifact.render()
  const sheets = readWorkbook(bytes)
  // Any is what JSON gives: the value is a workbook, as the schema says.
  const workbook: Workbook = JSON.parse(JSON.stringify(artifact.value))
  return {
    workbook,
    bytes,
    counts: artifact.counts,
    sheet: (name) => sheets.get(name) ?? [],
    table: (name) => {
      const sheet = workbook.sheets.find((each) => each.name === name)
      if (sheet?.layout !== 'table') throw new Error(`${name} is no table`)
      return { ...sheet, rows: [...sheet.rows] }
    },
  }
}

/** The values of a sheet without what looks or links. */
export function valuesOf(sheet: ReadSheet): readonly (readonly (string | number | boolean | null)[])[] {
  return sheet.map((row) => row.map(({ value }) => value))
}
