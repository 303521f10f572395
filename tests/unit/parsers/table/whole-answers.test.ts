import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Place } from '../../../../src/model/origin.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import type { Mapping } from '../../../../src/model/mapping.js'
import type { ColumnReading, Statements } from '../../../../src/parsers/parser.js'
import { understand } from '../../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../../src/pipeline/host.js'
import { makeWorkbook } from '../../../support/make-workbook.js'

/** A small table with all that is made of it: rows and their places, messages with their hints, and the columns as `inspect` lists them. */
interface Whole {
  readonly name: string
  /** The document's name, and its text or its sheets. */
  readonly file: string
  readonly text?: string
  readonly sheets?: Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>
  /** Files that are given with it. */
  readonly beside?: Readonly<Record<string, string>>
  readonly statements?: Statements
  readonly rows: readonly string[]
  readonly said: readonly string[]
  readonly columns: readonly string[]
  /** Why the document is taken for a table. */
  readonly sniffed: readonly string[]
  /** The sets without their rows. */
  readonly described: readonly string[]
}

const file = new URL('whole-answers.json', import.meta.url)
const cases: readonly Whole[] = JSON.parse(readFileSync(file, 'utf8'))

describe('all that is made of a table', () => {
  it.each(cases)('$name', async (one) => {
    const { rows, said, columns, sniffed, described } = await answer(one)
    expect(rows).toEqual(one.rows)
    expect(said).toEqual(one.said)
    expect(columns).toEqual(one.columns)
    expect(sniffed).toEqual(one.sniffed)
    expect(described).toEqual(one.described)
  })

  it('is in one file, which UPDATE=1 writes anew: read what it wrote before you commit it', async () => {
    if (process.env['UPDATE'] === '1') {
      const written = await Promise.all(cases.map(async (one) => ({ ...one, ...await answer(one) })))
      writeFileSync(file, `${JSON.stringify(written, null, 1)}\n`)
    }
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  })
})

type Answer = Pick<Whole, 'rows' | 'said' | 'columns' | 'sniffed' | 'described'>

async function answer({ file: name, text = '', sheets, beside, statements = {} }: Whole): Promise<Answer> {
  const host = createMemoryHost({ ...beside, [name]: sheets ? makeWorkbook(sheets) : text })
  const { documents, sets, diagnostics } = await understand({ inputs: [], statements }, host)
  return {
    rows: sets.flatMap(({ set }) => set.mappings.map((row) => `${set.framework.id}: ${describeRow(row)}`)),
    said: diagnostics.filter(({ code }) => !/^check\/|domain-inferred/.test(code)).map(({ code, origin, message, found, expected, hint, count }) => (
      [code, origin && placeText(origin.place), message, found, expected, hint, count].filter((part) => part !== undefined && part !== '').join(' | ')
    )),
    described: sets.map(({ set }) => describeFacts(set)),
    sniffed: documents.map(({ parser, sniff }) => `${parser} ${sniff?.confidence}: ${sniff?.reason}`),
    columns: documents.flatMap((document) => (document.columns ?? []).map(describeColumn)),
  }
}

/** A column, and of one of techniques how many of its cells were understood how, unless all have one technique. */
function describeColumn({ sheet, column, title, field, why, cells }: ColumnReading): string {
  const counts = Object.entries(cells ?? {}).filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${kind}`).join(', ')
  return [sheet, column, title, field, why, ...(/^(?:\d+ whole)?$/.test(counts) ? [] : [counts])].join(' | ')
}

function describeFacts({ framework, attack, about, relations, groups, capabilities, sources }: ResolvedSet): string {
  const lists = [relations, groups, capabilities].map((list) => [...list.values()])
  const read = sources.map(({ name, parser, rows }) => `${name} ${parser} ${rows}`)
  return JSON.stringify([framework, attack, about, ...lists, read]).replaceAll('"', '')
}

function describeRow(row: Mapping): string {
  const capability = row.kind === 'unmapped-technique' ? '-' : [row.capability.id, row.capability.description].filter(Boolean).join(' "')
  const technique = row.kind === 'unmapped-capability' ? '-' : [row.technique.id, row.technique.name].filter(Boolean).join(' "')
  const { relation, group, score, comments, references, status, author, release, review } = row
  const more = JSON.stringify({ relation, group, score, comments, references, status, author, release, review }).replaceAll('"', '')
  return `${capability} > ${technique} ${more} ${row.origins.map(({ place }) => placeText(place)).join(' ')}`
}

function placeText(place: Place): string {
  if (place.kind === 'text') return `${place.line}:${place.column}`
  if (place.kind === 'cell') return `${place.sheet}!${place.cell}`
  return place.kind === 'file' ? 'file' : place.pointer
}
