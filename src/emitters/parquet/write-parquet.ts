import type { SchemaElement } from 'hyparquet-writer'
// Not the package itself: for Node.js it writes files.
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js'
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js'
import { takeTogether } from '../artifact-parts.js'
import type { ArtifactPiece } from '../emitter.js'
import type { CellValue, ParquetColumn, ParquetRow } from './parquet-column.js'

/** What a file says beside its rows. */
export interface ParquetFacts {
  readonly columns: readonly ParquetColumn[]
  /** JSON about all rows, under the key `crosswalk`. */
  readonly metadata: unknown
  readonly tool: { readonly name: string; readonly version: string }
}

/** Rows of a row group: what is in memory at a time, and what engines read at a time. */
export const rowsPerGroup = 25_000

/** Writes rows as Parquet, a row group at a time; the rows of each are the items of its piece. */
export function* writeParquet(rows: Iterable<ParquetRow>, { columns, metadata, tool }: ParquetFacts): Iterable<ArtifactPiece> {
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'schema', num_children: columns.length }, ...columns.flatMap(describeColumn)],
    kvMetadata: [{ key: 'crosswalk', value: JSON.stringify(metadata) }],
    // In this form, or engines of Java do not trust the statistics of texts.
    createdBy: `${tool.name} version ${tool.version} (build 0)`,
  })
  const take = (items: readonly ParquetRow[]): ArtifactPiece => {
    const piece = { items, bytes: bytes.getBytes().slice() }
    // The writer goes on counting the offset in the file.
    bytes.index = 0
    return piece
  }
  for (const group of takeTogether(rows, rowsPerGroup)) {
    const columnData = columns.map(({ name, type }) => ({ name, data: group.map((row) => toCell(row[name], type)) }))
    void writer.write({ columnData, rowGroupSize: group.length })
    yield take(group)
  }
  void writer.finish()
  yield take([])
}

const dayLength = 86_400_000

function toCell(value: CellValue | undefined, type: ParquetColumn['type']): CellValue | number | undefined {
  return type === 'date' && typeof value === 'string' ? Date.parse(value) / dayLength : value
}

/** The elements of a column in the schema of Parquet: three for a list ("LogicalTypes", Lists). */
function describeColumn({ name, type, required }: ParquetColumn): readonly SchemaElement[] {
  const repetition_type = required ? 'REQUIRED' : 'OPTIONAL'
  if (type === 'list') {
    return [
      { name, repetition_type, converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', repetition_type: 'REQUIRED', type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
    ]
  }
  if (type === 'date') return [{ name, repetition_type, type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }]
  if (type === 'flag') return [{ name, repetition_type, type: 'BOOLEAN' }]
  return [{ name, repetition_type, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }]
}
