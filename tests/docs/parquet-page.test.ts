import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { mappingColumns } from '../../src/emitters/parquet/mapping-rows.js'
import type { ParquetColumn } from '../../src/emitters/parquet/parquet-column.js'
import { parquetOptions } from '../../src/emitters/parquet/parquet.js'
import { techniqueColumns } from '../../src/emitters/parquet/technique-rows.js'
import { rowsPerGroup } from '../../src/emitters/parquet/write-parquet.js'
import { committedSection } from './committed-page.js'

const page = readFileSync(new URL('../../docs/parquet.md', import.meta.url), 'utf8')

const words = { text: 'text', date: 'date', flag: 'flag', list: 'list of texts' } as const
const describeType = ({ type, required }: ParquetColumn): string => `${words[type]}${required ? ', never null' : ''}`

it('docs/parquet.md lists the columns of both tables in their order, with their types', () => {
  const listed = Array.from(page.matchAll(/^\| `([a-z_]+)` \| ([a-z ,]+) \|/gm), ([, name, type]) => [name, type])
  expect(listed).toEqual([...mappingColumns, ...techniqueColumns].map((column) => [column.name, describeType(column)]))
})

it('docs/parquet.md lists every option as it is typed, and the size of groups', () => {
  expect(Array.from(page.matchAll(/^\| `--no-([a-z-]+)` \|/gm), ([, name]) => name)).toEqual(Object.keys(parquetOptions))
  expect(page).toContain(`A row group has ${rowsPerGroup.toLocaleString('en')} rows`)
})

const dialects = {
  trino: {
    types: { text: 'varchar', date: 'date', flag: 'boolean', list: 'array(varchar)' }, quote: '"',
    around: ['CREATE TABLE hive.security.mappings (', ") WITH (format = 'PARQUET', external_location = 's3://security/mappings/');"],
  },
  athena: {
    types: { text: 'string', date: 'date', flag: 'boolean', list: 'array<string>' }, quote: '`',
    around: ['CREATE EXTERNAL TABLE mappings (', ") STORED AS PARQUET LOCATION 's3://security/mappings/';"],
  },
} as const

it.each(['trino', 'athena'] as const)('docs/at-scale.md has the table of %s with every column', async (dialect) => {
  const { types, quote, around: [start, end] } = dialects[dialect]
  // A reserved word in both.
  const nameOf = (name: string): string => (name === 'references' ? quote + name + quote : name)
  const columns = mappingColumns.map(({ name, type }) => `  ${nameOf(name)} ${types[type]}`).join(',\n')
  const generated = `\`\`\`sql\n${start}\n${columns}\n${end}\n\`\`\``
  expect(await committedSection('at-scale.md', dialect, generated)).toBe(generated)
})
