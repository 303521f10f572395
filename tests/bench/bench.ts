/**
 * Measures the built program against the floor; see docs/performance.md.
 *
 * `npm run bench -- [--runs N] [--only WORD] [--large] [--json FILE] [--compare FILE] [--program FILE]`
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Inputs, writeGeneratedFile, writeGeneratedFiles, writePage, writeTwoStates } from './inputs.js'
import { emptyFolder, measure, median, sizeOf } from './measure.js'
import { readResults, renderResults, type Result } from './results.js'

const { values: chosen } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    large: { type: 'boolean', default: false },
    json: { type: 'string' },
    compare: { type: 'string' },
    program: { type: 'string', default: 'dist/crosswalk.cjs' },
    shared: { type: 'string', default: '../shared' },
  },
})
const runs = Number(chosen.runs)
const scratch = mkdtempSync(path.join(os.tmpdir(), 'crosswalk-bench-'))
const results: Result[] = []
/** More than the usual limits: the largest sets have more rows than documents usually may. */
const limits = ['--max', 'rows=2000000,mappings=2000000,values=50000000,keys=50000000,characters=2000000000']
const five = ['stix', 'navigator', 'csv', 'xlsx', 'json']

try {
  benchStart()
  const mappings = publishedFiles() ?? writeGeneratedFiles(path.join(scratch, 'generated'), 24, 2400)
  for (const format of [...five, 'yaml', 'html']) benchConversion(`${mappings.paths.length} files`, format, [format], mappings)
  benchConversion(`${mappings.paths.length} files`, 'all five', five, mappings)
  benchStages(mappings)
  benchConversion('one file', 'all five', five, largestOf(mappings))
  for (const rows of [10_000, 100_000, ...(chosen.large ? [1_000_000] : [])]) benchScale(rows)
  benchAnalyses(100_000)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

const before = chosen.compare === undefined ? [] : readResults(chosen.compare)
process.stdout.write(`Node.js ${process.version}, ${os.cpus()[0]?.model ?? ''}, median of ${runs} runs\n\n${renderResults(results, before)}\n`)

/** What a run takes before it does anything, and a page of one set. */
function benchStart(): void {
  const empty = path.join(scratch, 'empty.cjs')
  writeFileSync(empty, '')
  const small = writePage(scratch)
  const output = path.join(scratch, 'start')
  const convert = (to: string): readonly string[] => [chosen.program, 'convert', ...small.paths, '--to', to, '--output', output]
  const commands: readonly (readonly [string, readonly string[]])[] = [
    ['an empty script', [empty]], ['--help', [chosen.program, '--help']],
    ['a page to STIX', convert('stix')], ['a page to STIX, layer, CSV', convert('stix,navigator,csv')],
    ['a page to four artifacts', convert('stix,navigator,csv,xlsx')],
  ]
  for (const [name, args] of commands) add('start', name, () => ({ runs: measure(args, runs * 3, scratch).runs }))
}

function benchConversion(group: string, name: string, formats: readonly string[], { paths, rows }: Inputs, times = runs): void {
  add(group, name, () => {
    const output = emptyFolder(path.join(scratch, 'output'))
    const args = [chosen.program, 'convert', ...paths, '--to', formats.join(','), '--output', output, '--quiet', '--max-size', '2000', ...limits]
    const measured = measure(args, times, scratch)
    // It prints nothing where an artifact is longer than the longest text of V8, which it makes of it.
    const floors = Array.from({ length: times }, () => Number(measure([script('floor.js'), output, ...paths], 1, scratch).stdout)).filter((seconds) => seconds > 0)
    return { runs: measured.runs, bytes: sizeOf(output), rows, ...(floors.length > 0 && { floor: median(floors) }) }
  })
}

function benchStages({ paths }: Inputs): void {
  add('stages', 'all five', () => {
    const { runs: costs, stdout } = measure([script('stages.js'), five.join(','), emptyFolder(path.join(scratch, 'output')), ...paths], 1, scratch)
    const stages: unknown = JSON.parse(stdout)
    return { runs: costs, ...(isNumbers(stages) && { stages }) }
  })
}

/** Conversions of one set of some rows, and validation of its bundle: more rows must not cost more each. */
function benchScale(rows: number): void {
  const group = `${rows} rows`
  if (![group, ...five].some((word) => `${group} ${word}`.includes(chosen.only))) return
  const inputs = writeGeneratedFile(scratch, rows)
  const times = rows > 10_000 ? 1 : runs
  for (const format of five) benchConversion(group, format, [format], inputs, times)
  add(group, 'validate STIX', () => {
    const output = emptyFolder(path.join(scratch, 'output'))
    measure([chosen.program, 'convert', ...inputs.paths, '--to', 'stix', '--output', output, '--quiet', '--max-size', '2000', ...limits], 1, scratch)
    const bundles = readdirSync(output).filter((name) => name.endsWith('.stix.json')).map((name) => path.join(output, name))
    return { runs: measure([chosen.program, 'validate', ...bundles, '--quiet', '--max-size', '2000', ...limits], times, scratch).runs, bytes: sizeOf(output), rows }
  })
}

/** The analyses of one set of some rows, or of two states of it, of which a tenth of the rows differ. */
function benchAnalyses(rows: number): void {
  const group = `analyses at ${rows} rows`
  if (![group, 'coverage', 'diff', 'bridge', 'upgrade to JSON'].some((word) => `${group} ${word}`.includes(chosen.only))) return
  const [old, fresh] = writeTwoStates(scratch, rows)
  const upgrade = ['upgrade', old, '--to-attack', '19', '--output']
  const commands: readonly (readonly [string, readonly string[]])[] = [
    ['coverage', ['coverage', old]], ['diff', ['diff', old, fresh]], ['bridge', ['bridge', old, fresh]],
    ['upgrade to JSON', [...upgrade, path.join(scratch, 'upgraded-json'), '--to', 'json']], ['upgrade', [...upgrade, path.join(scratch, 'upgraded')]],
  ]
  for (const [name, args] of commands) {
    add(group, name, () => ({ runs: measure([chosen.program, ...args, '--quiet', '--max-size', '2000', ...limits], runs, scratch).runs, rows }))
  }
}

/** Measures, unless `--only` leaves it out. A failure is a line of its own: at some sizes, some formats fail. */
function add(group: string, name: string, run: () => Omit<Result, 'group' | 'name'>): void {
  if (!`${group} ${name}`.includes(chosen.only)) return
  process.stderr.write(`${group}: ${name}\n`)
  try {
    results.push({ group, name, ...run() })
    // After each: a run that is stopped leaves what it has.
    if (chosen.json !== undefined) writeFileSync(chosen.json, `${JSON.stringify({ node: process.version, results }, null, 1)}\n`)
  } catch (error) {
    process.stderr.write(`  failed: ${error instanceof Error ? error.message.slice(0, 500) : String(error)}\n`)
  }
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

function publishedFiles(): Inputs | undefined {
  const folder = path.join(chosen.shared, 'mappings')
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json')).toSorted()
    return { paths: names.map((name) => path.join(folder, name)), rows: 56_040 }
  } catch {
    return undefined
  }
}

/** The one that the results of earlier releases are about, else the first. */
function largestOf({ paths, rows }: Inputs): Inputs {
  const known = paths.find((file) => path.basename(file) === 'nist_800_53-rev5_attack-14.1-enterprise.json')
  return known === undefined ? { paths: paths.slice(0, 1), rows: rows / paths.length } : { paths: [known], rows: 5136 }
}

function isNumbers(value: unknown): value is Record<string, number> {
  return typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'number')
}
