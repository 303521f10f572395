import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shared, sharedFolder } from '../support/shared.js'
import { runCrosswalk } from './run-crosswalk.js'

const page = readFileSync(new URL('../../docs/parquet.md', import.meta.url), 'utf8')
/** The sets that the queries of the page name: those of CTID's published files. */
const published = {
  left: 'nist_800_53-rev5_attack-14.1-enterprise', right: 'aws-12.12.2024_attack-16.1-enterprise',
  old: 'nist_800_53-rev5_attack-12.1-enterprise', fresh: 'nist_800_53-rev5_attack-14.1-enterprise',
}

type Row = Readonly<Record<string, unknown>>

let root = ''
beforeAll(async () => { root = await mkdtemp(path.join(tmpdir(), 'crosswalk-parquet-')) })
afterAll(() => rm(root, { recursive: true, force: true }))

function queryOf(name: string): string {
  const [, sql] = new RegExp(`<!-- sql: ${name} -->\\n\`\`\`sql\\n([^\`]+)`).exec(page) ?? []
  if (sql === undefined) throw new Error(`docs/parquet.md has no query ${name}`)
  return sql
}

/** Converts inputs, and opens their tables as the page says. */
async function openTables(cwd: string, inputs: readonly string[]): Promise<DuckDBConnection> {
  const run = await runCrosswalk(['convert', ...inputs, '--to', 'parquet', '--combine', '--output', 'tables', '-q'], { cwd })
  if (run.code !== 0) throw new Error(run.stderr)
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(queryOf('tables').replaceAll("'tables/", `'${cwd}/tables/`))
  await connection.run(queryOf('states'))
  return connection
}

async function query(connection: DuckDBConnection, sql: string): Promise<readonly Row[]> {
  const rows: readonly Row[] = (await connection.runAndReadAll(sql)).getRowObjectsJson()
  return rows
}

interface Counts {
  readonly mapped: number
  readonly unmappable: number
  readonly named: number
  readonly notMentioned: number
}

interface CoverageJson {
  readonly sets: readonly { readonly counts: { readonly all: Counts } }[]
  readonly unions: readonly { readonly domain: string; readonly counts: { readonly all: Counts } }[]
}

interface BridgeJson {
  readonly pairs: readonly { readonly left: { readonly id: string }; readonly right: { readonly id: string }; readonly strength: number; readonly techniques: readonly unknown[] }[]
}

interface DiffJson {
  readonly pairs: readonly { readonly counts: Readonly<Record<'oldRows' | 'newRows' | 'same' | 'changed' | 'added' | 'removed', number>> }[]
}

/** What a command prints as JSON. */
async function ask<Answer>(cwd: string, ...args: readonly string[]): Promise<Answer> {
  const answer: Answer = JSON.parse((await runCrosswalk([...args, '--format', 'json'], { cwd })).stdout)
  return answer
}

/** A comparison of the queries with the commands. */
interface Corpus {
  readonly cwd: string
  readonly connection: DuckDBConnection
  readonly inputs: readonly string[]
  /** The inputs of `bridge` and `diff`. */
  readonly files: Readonly<Record<keyof typeof published, string>>
}

function compare(open: () => Promise<Corpus>): void {
  let corpus: Corpus
  beforeAll(async () => { corpus = await open() })

  it('coverage: as many techniques in each state, in every set', async () => {
    const { sets } = await ask<CoverageJson>(corpus.cwd, 'coverage', ...corpus.inputs)
    const found = new Map<string, Record<string, number>>()
    for (const row of await query(corpus.connection, queryOf('coverage'))) {
      const set = String(row['mapping_set'])
      found.set(set, { ...found.get(set), [String(row['state'])]: Number(row['techniques']) })
    }
    const got = [...found.values()].map((one) => [one['mapped'] ?? 0, one['unmappable'] ?? 0, one['named'] ?? 0, one['not-mentioned'] ?? 0].join())
    expect(got.toSorted()).toEqual(sets.map(({ counts: { all } }) => [all.mapped, all.unmappable, all.named, all.notMentioned].join()).toSorted())
  })

  it('gaps: as many techniques that no set of a domain mentions', async () => {
    const { unions } = await ask<CoverageJson>(corpus.cwd, 'coverage', ...corpus.inputs)
    const gaps = await query(corpus.connection, queryOf('gaps'))
    expect(unions.length).toBeGreaterThan(0)
    expect(unions.map(({ domain }) => gaps.filter((gap) => gap['attack_domain'] === domain).length))
      .toEqual(unions.map(({ counts: { all } }) => all.notMentioned))
  })

  it('bridge: the same pairs, shared techniques and strengths', async () => {
    const { pairs } = await ask<BridgeJson>(corpus.cwd, 'bridge', corpus.files.left, corpus.files.right)
    const rows = await query(corpus.connection, queryOf('bridge'))
    expect(rows.length).toBeGreaterThan(1)
    const got = rows.map((row) => [row['left_id'], row['right_id'], Number(row['shared']), Number(row['strength']).toFixed(12)].join())
    expect(got.toSorted()).toEqual(pairs.map(({ left, right, strength, techniques }) =>
      [left.id, right.id, techniques.length, strength.toFixed(12)].join()).toSorted())
  })

  it('diff: as many rows added, removed, changed and the same', async () => {
    const { pairs: [pair] } = await ask<DiffJson>(corpus.cwd, 'diff', corpus.files.old, corpus.files.fresh)
    const [row = {}] = await query(corpus.connection, queryOf('diff'))
    const { oldRows, newRows, same, changed, added, removed } = pair?.counts ?? {}
    expect(Object.values(row).map(Number)).toEqual([oldRows, newRows, same, changed, added, removed])
  })
}

const rows: readonly (readonly [capability: string, technique: string, type: string, comments: string])[] = [
  ['AC-2', 'T1078', 'mitigates', 'Accounts are reviewed.'], ['AC-2', 'T1078', 'mitigates', 'Twice.'], ['AC-2', 'T1053.001', 'mitigates', ''],
  ['AC-3', 'T1110', 'mitigates', 'One\n  line'], ['', 'T1566', 'non_mappable', ''], ['AC-4', '', 'non_mappable', ''], ['AC-5', 'T9999', 'mitigates', ''],
  ['AC-6', 'T1059.001', 'mitigates', 'Removed later.'],
]

function mappingFile(framework: string, version: string, attack: string, own: typeof rows): string {
  return JSON.stringify({
    metadata: {
      mapping_version: '1', technology_domain: 'enterprise', attack_version: attack, mapping_framework: framework, mapping_framework_version: version,
      author: '', contact: '', organization: '', creation_date: '02/29/2024', last_update: '12/11/2024', capability_groups: {},
      mapping_types: { mitigates: { name: 'mitigates', description: '' } },
    },
    mapping_objects: own.map(([id, technique, type, comments]) => ({
      capability_id: id, capability_description: id && `Name of ${id}`, mapping_type: type, attack_object_id: technique, comments, references: ['https://example.org/1'],
      ...(type === 'non_mappable' && { status: 'non_mappable' }),
    })),
  })
}

async function openFixtures(): Promise<Corpus> {
  const cwd = await mkdtemp(path.join(root, 'run-'))
  const files = { left: 'left.json', right: 'right.json', old: 'old.json', fresh: 'left.json' }
  await writeFile(path.join(cwd, files.left), mappingFile('nist_800_53', 'rev5', '14.1', [...rows.slice(1, -1), ['AC-3', 'T1003', 'mitigates', 'New.']]))
  await writeFile(path.join(cwd, files.old), mappingFile('nist_800_53', 'rev5', '12.1', rows.map(([a, b, c, d]) => [a, b, c, d.replace('One\n  line', 'One line').replace('Twice', 'Once')])))
  await writeFile(path.join(cwd, files.right), mappingFile('aws', '12.12.2024', '16.1', rows.map(([a, b, c, d]) => [a.replace('AC', 'aws'), b, c, d])))
  const inputs = [files.left, files.right, files.old]
  return { cwd, inputs, files, connection: await openTables(cwd, inputs) }
}

describe('queries of docs/parquet.md count as the commands do, for our documents', () => {
  compare(openFixtures)
})

const fileOf = (set: keyof typeof published): string => shared(`mappings/${published[set]}.json`)
const skipped = sharedFolder === undefined ? ' (skipped: there is no ../shared)' : ''

describe.skipIf(sharedFolder === undefined)(`queries of docs/parquet.md count as the commands do, for CTID's files${skipped}`, () => {
  compare(async () => {
    const cwd = await mkdtemp(path.join(root, 'run-'))
    const inputs = [shared('mappings')]
    const files = { left: fileOf('left'), right: fileOf('right'), old: fileOf('old'), fresh: fileOf('fresh') }
    return { cwd, inputs, files, connection: await openTables(cwd, inputs) }
  })
})

it('DuckDB reads texts, lists, dates and flags as they are in the documents', async () => {
  const { connection } = await openFixtures()
  expect(await query(connection, `SELECT typeof("references") AS list, typeof(creation_date) AS day, "references", creation_date::VARCHAR AS created, comments
    FROM mappings WHERE mapping_set LIKE 'nist%14.1%' AND capability_id = 'AC-3' ORDER BY attack_object_id`)).toEqual([
    { list: 'VARCHAR[]', day: 'DATE', references: ['https://example.org/1'], created: '2024-02-29', comments: 'New.' },
    { list: 'VARCHAR[]', day: 'DATE', references: ['https://example.org/1'], created: '2024-02-29', comments: 'One\n  line' },
  ])
  expect(await query(connection, "SELECT technique_name, parent_id, is_subtechnique, tactics[1] AS tactic, status, current_id FROM techniques WHERE technique_id = 'T1053.001' AND attack_release = '16.1'"))
    .toEqual([{ technique_name: 'At (Linux)', parent_id: 'T1053', is_subtechnique: true, tactic: 'Execution', status: 'revoked', current_id: 'T1053.002' }])
  const [first] = await query(connection, "SELECT count(*) AS rows, count(DISTINCT mapping_id) AS ids FROM mappings")
  expect(first).toEqual({ rows: '23', ids: '23' })
})
