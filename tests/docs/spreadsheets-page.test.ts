import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { csvOptions } from '../../src/emitters/csv/csv.js'
import { tableColumns } from '../../src/emitters/table/table-columns.js'
import { xlsx, xlsxOptions } from '../../src/emitters/xlsx/xlsx.js'
import type { Workbook } from '../../src/emitters/xlsx/workbook.js'
import { verdicts } from '../../src/model/vocabulary.js'
import { emitContext } from '../support/emit-context.js'
import { sampleSet } from '../support/sample-sets.js'
import { workbookOptions } from '../support/workbook-options.js'

const page = readFileSync(new URL('../../docs/spreadsheets.md', import.meta.url), 'utf8')

describe('docs/spreadsheets.md', () => {
  it('lists the columns in their order, with their content and the meaning of blank cells', () => {
    const listed = Array.from(page.matchAll(/^\| `([a-z_]+)` \| (.+) \| (.+) \|$/gm), ([, name, content, blank]) => ({
      name,
      content,
      blank,
    }))
    expect(listed).toEqual(tableColumns.map(({ name, content, blank }) => ({ name, content, blank })))
  })

  it('lists the options of CSV with their defaults', () => {
    const listed = Array.from(page.matchAll(/^\| `--([a-z-]+)` \| (\w+) \| `(\w+)` \|/gm), ([, name, kind, fallback]) => [
      name,
      kind,
      fallback,
    ])
    expect(listed).toEqual(Object.entries(csvOptions).map(([name, spec]) => [name, spec.kind, String(spec.default)]))
  })

  it('lists the options of the workbook with their values and defaults', () => {
    const listed = Array.from(page.matchAll(/^\| `--([a-z-]+)` \| (`.+`) \| `(\w+)` \|/gm), ([, name, values = '', fallback]) => [
      name,
      values.split(', ').map((value) => value.replaceAll('`', '')),
      fallback,
    ])
    expect(listed).toEqual(Object.entries(xlsxOptions).map(([name, spec]) => [name, [...spec.values], spec.default]))
  })

  it("lists the auditor's verdicts with what they say", () => {
    const listed = Array.from(page.matchAll(/^\| `([a-z ]+)` \| ([^|]+) \|$/gm), ([, word, meaning]) => ({ word, meaning }))
    expect(listed).toEqual(verdicts)
  })

  it('lists the sheets in their order', async () => {
    const [artifact] = await xlsx.emit([sampleSet()], emitContext(), workbookOptions)
    const { sheets }: Workbook = JSON.parse(JSON.stringify(artifact?.value))
    const section = page.slice(page.indexOf('## The workbook'), page.indexOf('## Changes'))
    const listed = Array.from(section.matchAll(/^\| ([A-Z][a-z ]+) \|/gm), ([, name]) => name)
    expect(listed).toEqual(sheets.map(({ name }) => name))
  })
})
