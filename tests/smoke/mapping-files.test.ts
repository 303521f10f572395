import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { convert, createMemoryHost, emitters, validate } from '../../src/index.js'
import { openRasteriser } from '../../src/io/open-rasteriser.js'
import { shared, sharedFolder } from '../support/shared.js'

/** The smallest of CTID's mapping files of each framework: "aws", "nist_800_53". tests/corpora reads all of them. */
function smallestOfEachFramework(): readonly string[] {
  if (sharedFolder === undefined) return []
  const files = readdirSync(shared('mappings')).filter((file) => file.endsWith('.json'))
  const bySize = files.toSorted((a, b) => statSync(shared(`mappings/${b}`)).size - statSync(shared(`mappings/${a}`)).size)
  return [...new Map(bySize.map((file) => [file.split('-', 1)[0], file])).values()].toSorted()
}

const files = smallestOfEachFramework()

describe.skipIf(sharedFolder === undefined)('one mapping file of each framework (skipped without ../shared)', () => {
  it('are nine files', () => {
    expect(files).toHaveLength(9)
  })

  it.each(files)('%s is written in every format, each row of it, and validates', async (file) => {
    const bytes = readFileSync(shared(`mappings/${file}`))
    const { mapping_objects: rows }: { readonly mapping_objects: readonly unknown[] } = JSON.parse(bytes.toString())
    const host = { ...createMemoryHost({ [file]: bytes }), openRasteriser }
    const all = emitters.filter(({ id }) => id !== 'png').map(({ id }) => id)
    const { artifacts, diagnostics } = await convert({ inputs: [], emitters: all }, host)
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(new Set(artifacts.map(({ emitter }) => emitter))).toEqual(new Set(all))
    for (const emitter of ['csv', 'xlsx', 'stix', 'json', 'yaml', 'parquet']) {
      expect(artifacts.find((artifact) => artifact.emitter === emitter)?.counts['rows'], emitter).toBe(rows.length)
    }

    const readable = [...host.written].filter(([name]) => !/\.(?:md|svg|parquet)$/.test(name))
    const report = await validate({ inputs: [] }, createMemoryHost(Object.fromEntries(readable)))
    expect(report.files).toHaveLength(readable.length)
    expect(report.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})
