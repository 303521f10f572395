import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { convert, createMemoryHost } from '../../src/index.js'
import { understand } from '../../src/pipeline/convert.js'
import type { Mapping } from '../../src/model/mapping.js'
import type { Statements } from '../../src/parsers/parser.js'
import { shared, sharedFolder } from '../support/shared.js'

/** A case of ../shared/cases/2026-11: how it is read, and what is right by its expect.md. */
interface Case {
  readonly name: string
  readonly from?: string
  readonly statements?: Statements
  /** Its documents, if they are not all in the folder. */
  readonly files?: readonly string[]
  /** Framework, domain, capability, technique, mapping type, score, comments, references. */
  readonly rows: readonly string[]
  /** Errors and warnings, and notes about what was read otherwise than it is written; with their counts. */
  readonly said: readonly string[]
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL('cases-2026-11.json', import.meta.url), 'utf8'))

/** Notes that say nothing about this case: every document without a release has them. */
const usual = new Set(['normalise/domain-inferred', 'check/release-assumed', 'check/technique-name-differs'])

describe.skipIf(sharedFolder === undefined)('the cases of 2026-11 (skipped without ../shared)', () => {
  it('are all here', () => {
    expect([...new Set(cases.map(({ name }) => name))].toSorted()).toEqual(readdirSync(shared('cases/2026-11')).toSorted())
  })

  it.each(cases)('$name $statements', async ({ name, rows, said, files, ...request }) => {
    const { sets, diagnostics } = await understand({ inputs: [], ...request }, createMemoryHost(documentsOf(name, files)))
    expect(sets.flatMap(({ set }) => set.mappings.map((row) => `${set.framework.id} ${set.attack.domain} ${describeRow(row)}`))).toEqual(rows)
    const counts = new Map<string, number>()
    for (const { code, count = 1 } of diagnostics) if (!usual.has(code)) counts.set(code, (counts.get(code) ?? 0) + count)
    expect(Array.from(counts, ([code, count]) => `${code} ${count}`).toSorted()).toEqual(said.toSorted())
  })

  it.each([
    ['blank-means-as-above', { framework: 'veris', columns: { capability_id: 'A', technique: 'B' } }, 'add --fill-down: it completes 3 rows.'],
    ['groups-with-bars', { columns: { capability_id: 'groups', technique: 'mitre_id' } }, 'add --split capability="|".'],
    ['hint-to-be-pasted', {}, '--columns "comments=CIS Controls v8"'],
    ['hint-to-be-pasted', {}, '--columns "comments=Test #"'],
    ['navigators-excel', {}, 'save it as JSON'],
    ['sub-technique-by-name', {}, 'Is it PowerShell (T1059.001)?'],
    ['matrix-of-crosses', { columns: { capability: 'AC-2', technique: 'Technique ID' } }, 'Without --columns the table is read as a matrix'],
  ] as const)('%s %j: %s', async (name, statements, hint) => {
    const { diagnostics } = await understand({ inputs: [], statements }, createMemoryHost(documentsOf(name)))
    expect(diagnostics.map((diagnostic) => diagnostic.hint ?? '').join('\n')).toContain(hint)
  })

  it.each(['csv', 'xlsx', 'yaml', 'stix'] as const)('references-like-lists as %s reads back the same', async (emitter) => {
    const input = documentsOf('references-like-lists')
    const host = createMemoryHost(input)
    await convert({ inputs: [], emitters: [emitter] }, host)
    expect(await readRows(Object.fromEntries(host.written))).toEqual(await readRows(input))
  })
})

describe.skipIf(sharedFolder === undefined)('the harder cases of 2026-11 (skipped without ../shared)', () => {
  it.each([
    ['15-delimiter-in-quotes', 1, [], undefined],
    ['16-number-format', 2, ['read/number-format', 'parse/missing-technique', 'parse/unknown-framework'], undefined],
    ['18-lenient-xml', 4118, ['read/malformed'], undefined],
    ['19-heading-loses-rows', 5, ['parse/unknown-section', 'parse/rows-missing'], 'text-page'],
    ['20-notes-broken-id-row', 6, ['parse/malformed-technique', 'parse/unknown-framework'], 'notes'],
    ['23-veris-forced-nothing', 0, ['parse/no-mappings'], 'veris-json'],
  ] as const)('%s: %i rows', async (name, rows, codes, from) => {
    const { sets, diagnostics } = await understand(
      { inputs: [], ...(from !== undefined && { from }) }, createMemoryHost(documentsOf(`../2026-11-hard/${name}`)),
    )
    expect(sets.reduce((sum, { set }) => sum + set.mappings.length, 0)).toBe(rows)
    expect(diagnostics.filter(({ code, severity }) => (severity !== 'info' && !code.startsWith('check/')) || code.startsWith('read/')).map(({ code }) => code)).toEqual(codes)
  })
})

describe.skipIf(sharedFolder === undefined)('cases of 2026-11 that grow when they are read (skipped without ../shared)', () => {
  it.each([
    ['02-sharedstring-amplification', 'sstrep.xlsx', 'read/too-large', 'characters'],
    ['03-ods-repeated-rows', 'rowsrep.ods', 'read/too-large', 'rows'],
    ['03-ods-repeated-rows', 'rowsrep1e9.ods', 'read/too-large', 'characters'],
    ['04-xlsx-merged-rows', 'merge3col.xlsx', 'read/too-large', 'merged-cells'],
    ['06-gzip-json', 'gz250arr.json.gz', 'read/inflates-too-much', 'ratio'],
  ])('%s: %s is refused, and the rest of the batch is read', async (name, file, code, limit) => {
    const documents = { ...documentsOf(`../2026-11-hard/${name}`, [file]), 'good.csv': new TextEncoder().encode('capability_id,technique\nB-1,T1078\n') }
    const { sets, diagnostics } = await understand({ inputs: [] }, createMemoryHost(documents))
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject(
      [{ code, origin: { document: file }, hint: expect.stringContaining(`--max ${limit}=`) }],
    )
    expect(sets.map(({ set }) => set.mappings.length)).toEqual([1])
  })

  it('05-far-cell: blank rows are free', async () => {
    const { sets, diagnostics } = await understand({ inputs: [] }, createMemoryHost(documentsOf('../2026-11-hard/05-far-cell')))
    expect(sets.map(({ set }) => set.mappings.length)).toEqual([8])
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

function documentsOf(name: string, files?: readonly string[]): Readonly<Record<string, Uint8Array>> {
  const folder = shared(`cases/2026-11/${name}`)
  const names = (files ?? readdirSync(folder)).filter((file) => file !== 'expect.md')
  return Object.fromEntries(names.map((file) => [file, readFileSync(`${folder}/${file}`)]))
}

async function readRows(documents: Readonly<Record<string, Uint8Array>>): Promise<readonly string[]> {
  const { sets } = await understand({ inputs: [] }, createMemoryHost(documents))
  return sets.flatMap(({ set }) => set.mappings.map(describeRow))
}

function named(id: string, name: string | undefined): string {
  return name === undefined ? id : `${id} "${name}"`
}

function describeRow(row: Mapping): string {
  const capability = row.kind === 'unmapped-technique' ? '-' : named(row.capability.id, row.capability.description)
  const technique = row.kind === 'unmapped-capability' ? '-' : named(row.technique.id, row.technique.name)
  const more = [
    row.relation, row.score?.category, row.score?.value, row.comments && `# ${row.comments}`, row.references && `@ ${row.references.join(' | ')}`,
  ].filter((text) => text !== undefined)
  return [`${row.group === undefined ? '' : `${row.group}/`}${capability} > ${technique}`, ...more].join(' ')
}
