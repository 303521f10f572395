import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'

/** The options of the Parquet emitter. */
export const parquetOptions = {
  'parquet-techniques': {
    kind: 'boolean',
    default: true,
    description: 'the second table, of the techniques of the ATT&CK releases, by which gaps are found',
  },
} as const satisfies OptionSpecs

export type ParquetOptions = OptionValues<typeof parquetOptions>

/** Tables for query engines: DuckDB, Spark, Trino. See docs/parquet.md. */
export const parquet = defineEmitter({
  id: 'parquet',
  title: 'Parquet tables for query engines',
  extension: '.parquet',
  schema: 'parquet-mappings',
  loses: 'From which document a field was completed. The tables are not read back.',
  options: parquetOptions,
  // No decoder reads Parquet.
  writes: [],
  async emit(sets, context, options) {
    const { emitParquet } = await import('./emit-parquet.js')
    return emitParquet(sets, context, options)
  },
})
