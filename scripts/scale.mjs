// Measures whether Crosswalk takes time in proportion to its input: runs dist/crosswalk.cjs on inputs of many shapes, each at four sizes,
// and prints CPU seconds and the exponent of their growth (1: linear; not if the largest takes less than 0.3 s beyond start-up). `npm run scale -- [--only WORD] [--rows N] [--program FILE]`
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { only: { type: 'string' }, rows: { type: 'string', default: '16000' }, program: { type: 'string', default: 'dist/crosswalk.cjs' } } })
const program = resolve(values.program)
const most = Number(values.rows)
const home = mkdtempSync(join(tmpdir(), 'scale-'))
// What the kernel counts for the process, written when it ends.
const meter = `data:text/javascript,${encodeURIComponent(`import { writeFileSync } from 'node:fs'
process.on('exit', () => { const { user, system } = process.cpuUsage(); writeFileSync(process.env.SCALE_FILE, JSON.stringify({ seconds: (user + system) / 1e6, kilobytes: process.resourceUsage().maxRSS })) })`)}`

const techniques = ['T1003', 'T1005', 'T1016', 'T1018', 'T1021', 'T1027', 'T1033', 'T1036', 'T1040', 'T1046', 'T1047', 'T1048', 'T1049', 'T1053', 'T1055', 'T1057', 'T1059', 'T1068', 'T1071', 'T1078', 'T1082', 'T1083', 'T1087', 'T1090', 'T1098', 'T1105', 'T1110', 'T1112', 'T1114', 'T1190']
const columns = ['mapping_framework', 'mapping_framework_version', 'capability_group', 'capability_id', 'capability_description', 'mapping_type', 'attack_object_id', 'attack_version', 'technology_domain', 'score_category', 'score_value', 'references', 'comments', 'source_document', 'source_place', 'status']
const quote = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
const table = (rows) => [columns, ...rows.map((row) => columns.map((name) => quote(String(row[name] ?? ''))))].map((cells) => cells.join(',')).join('\r\n')

const base = { mapping_framework: 'made_up', mapping_framework_version: '1', attack_version: '16.1', technology_domain: 'enterprise', mapping_type: 'mitigates' }
/** Rows of many capabilities and techniques. */
const spread = (n) => list(n, (i) => ({ ...base, capability_id: `C-${Math.floor(i / techniques.length)}`, capability_description: `Capability ${Math.floor(i / techniques.length)}`, attack_object_id: techniques[i % techniques.length] }))
/** Rows of one capability and technique. */
const onePair = (n, more) => list(n, (i) => ({ ...base, capability_id: 'C-1', attack_object_id: 'T1078', ...more(i) }))
const list = (n, make) => Array.from({ length: n }, (_, i) => make(i))
const one = (rows) => ({ 'in.csv': table(rows) })
const comment = (i) => ({ comments: `Comment number ${i}` })
const many = ['--max', 'sets=100000,frameworks=100000,mappings=1000000,rows=1000000,documents=100000,cell-characters=100000000']
const to = (format, ...more) => ['convert', 'in', '--to', format, '--output', 'out', '--overwrite', ...more, ...many]
const two = (left, right) => ({ 'left.csv': table(left), 'right.csv': table(right) })

/** Name, the part of the usual size that it has, files by size, arguments. */
const shapes = [
  ...['csv', 'json', 'yaml', 'stix', 'navigator', 'xlsx', 'parquet', 'html', 'markdown', 'svg'].map((format) => [`rows to ${format}`, 1, (n) => one(spread(n)), to(format)]),
  ['rows, inspect', 1, (n) => one(spread(n)), ['inspect', 'in', ...many]],
  ['rows, validate', 1, (n) => one(spread(n)), ['validate', 'in/in.csv', ...many]],
  ['rows, coverage', 1, (n) => one(spread(n)), ['coverage', 'in', ...many]],
  ['rows, diff', 1, (n) => two(spread(n), spread(n).map((row, i) => ({ ...row, ...(i % 3 === 0 && comment(i)) }))), ['diff', 'in/left.csv', 'in/right.csv', '--format', 'json', ...many]],
  ['rows, upgrade', 1, (n) => one(spread(n)), ['upgrade', 'in', '--to-attack', '18.1', '--to', 'json', '--output', 'out', '--overwrite', ...many]],
  ['rows, bridge of 30 techniques', 1 / 16, (n) => two(spread(n * 4), spread(n * 4).map((row) => ({ ...row, mapping_framework: 'other', capability_id: `O-${row.capability_id}` }))), ['bridge', 'in/left.csv', 'in/right.csv', '--limit', '10', ...many]],
  ['one pair, equal rows to csv', 1, (n) => one(onePair(n, () => ({}))), to('csv')],
  ['one pair, diff', 1, (n) => two(onePair(n, comment), onePair(n, (i) => comment(i + n / 2))), ['diff', 'in/left.csv', 'in/right.csv', '--format', 'json', ...many]],
  ['one pair, two documents', 1, (n) => two(onePair(n, comment), onePair(n, (i) => ({ ...comment(i), status: 'complete' }))), to('csv')],
  ['one pair, two documents, other scores', 1, (n) => two(onePair(n, (i) => ({ capability_group: `g${i}`, score_category: 'detect', score_value: 'partial' })), onePair(n, (i) => ({ capability_group: `h${i}`, score_category: 'detect', score_value: 'minimal' }))), to('csv')],
  ['one pair, catalog', 1, (n) => two(onePair(n, comment), onePair(n, (i) => ({ ...comment(i), status: 'complete' }))), ['convert', 'in/left.csv', '--catalog', 'in/right.csv', '--to', 'csv', '--output', 'out', '--overwrite', ...many]],
  ['one pair, catalog that agrees with all', 1, (n) => two(onePair(n, (i) => ({ capability_group: `g${i}` })), onePair(n, comment)), ['convert', 'in/left.csv', '--catalog', 'in/right.csv', '--to', 'csv', '--output', 'out', '--overwrite', ...many]],
  ['groups', 1, (n) => one(onePair(n, (i) => ({ capability_group: `g${i}` }))), to('csv,json')],
  ['mapping types', 1, (n) => one(onePair(n, (i) => ({ mapping_type: `type ${i}` }))), to('csv,json')],
  ['unknown techniques', 1, (n) => one(onePair(n, (i) => ({ attack_object_id: `T${1000 + (i % 9000)}.${String(Math.floor(i / 9000)).padStart(3, '0')}` }))), to('csv')],
  ['references of one row', 1, (n) => one(onePair(1, () => ({ references: list(n, (i) => `https://example.org/${i}`).join('\n') }))), to('csv,json')],
  ['techniques in one cell', 1, (n) => one(onePair(1, () => ({ attack_object_id: list(n, (i) => techniques[i % techniques.length]).join(', ') }))), to('csv')],
  ['frameworks', 1 / 8, (n) => one(list(n, (i) => ({ ...base, mapping_framework: `f${i}`, capability_id: 'C-1', attack_object_id: techniques[i % 30] }))), to('csv')],
  ['frameworks, --combine', 1 / 8, (n) => one(list(n, (i) => ({ ...base, mapping_framework: `f${i}`, capability_id: 'C-1', attack_object_id: techniques[i % 30] }))), to('csv', '--combine')],
  ['frameworks, coverage', 1 / 8, (n) => one(list(n, (i) => ({ ...base, mapping_framework: `f${i}`, capability_id: 'C-1', attack_object_id: techniques[i % 30] }))), ['coverage', 'in', '--format', 'json', ...many]],
  ['frameworks, diff', 1 / 8, (n) => two(...['1', '2'].map((version) => list(n, (i) => ({ ...base, mapping_framework_version: `${version}.${i}`, capability_id: 'C-1', attack_object_id: techniques[i % 30] })))), ['diff', 'in/left.csv', 'in/right.csv', '--format', 'json', ...many]],
  ['files with the same row', 1 / 8, (n) => Object.fromEntries(list(n, (i) => [`${i}.csv`, table(onePair(1, () => ({})))])), to('csv')],
  ['files with rows of one pair', 1 / 8, (n) => Object.fromEntries(list(n, (i) => [`${i}.csv`, table(onePair(1, () => comment(i)))])), to('csv')],
  ['files, --per-document', 1 / 8, (n) => Object.fromEntries(list(n, (i) => [`${i}.csv`, table(onePair(1, () => comment(i)))])), to('csv', '--per-document')],
  ['files, catalog', 1 / 8, (n) => ({ ...Object.fromEntries(list(n, (i) => [`pages/${i}.csv`, table(onePair(1, () => comment(i)))])), 'catalog.csv': table(onePair(n, (i) => ({ ...comment(i), status: 'complete' }))) }), ['convert', 'in/pages', '--catalog', 'in/catalog.csv', '--to', 'csv', '--output', 'out', '--overwrite', ...many]],
  ['files, inspect', 1 / 8, (n) => Object.fromEntries(list(n, (i) => [`${i}.csv`, table(onePair(1, () => comment(i)))])), ['inspect', 'in', ...many]],
]

const wanted = shapes.filter(([name]) => values.only === undefined || new RegExp(values.only).test(name))
console.log('| shape | sizes | CPU seconds | MB | exponent |\n|---|---|---|---|---|')
try {
  for (const [name, part, make, args] of wanted) {
    const sizes = [1, 2, 4, 8].map((times) => Math.round(most * part * times / 8))
    const start = measure(make(1), args)
    const runs = sizes.map((size) => measure(make(size), args))
    const failed = runs.find(({ status }) => status !== 0 && status !== 1)
    const seconds = runs.map((run) => run.seconds.toFixed(2)).join(', ')
    const own = runs.map((run) => Math.max(run.seconds - start.seconds, 0.01))
    const growth = failed ? `exit ${failed.status}: ${failed.message}` : (own.at(-1) ?? 0) < 0.3 ? 'too short' : exponent(own, sizes).toFixed(2)
    console.log(`| ${name} | ${sizes.join(', ')} | ${seconds} | ${Math.round((runs.at(-1)?.kilobytes ?? 0) / 1024)} | ${growth} |`)
  }
} finally {
  rmSync(home, { recursive: true })
}

/** Runs the program on files, in a folder of its own. */
function measure(files, args) {
  const folder = mkdtempSync(join(home, 'run-'))
  mkdirSync(join(folder, 'in', 'pages'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'in', name), text)
  const report = join(folder, 'usage.json')
  const { status, stderr } = spawnSync(process.execPath, ['--import', meter, program, ...args], { cwd: folder, env: { ...process.env, SCALE_FILE: report }, encoding: 'utf8', maxBuffer: 2 ** 30 })
  const usage = JSON.parse(readFileSync(report, 'utf8'))
  rmSync(folder, { recursive: true })
  return { ...usage, status, message: stderr.trim().split('\n')[0] }
}

/** The slope of time over size, both as logarithms: of the two largest sizes, where the constant parts matter least. */
function exponent(seconds, sizes) {
  const [a, b] = [sizes.length - 2, sizes.length - 1]
  return Math.log(seconds[b] / seconds[a]) / Math.log(sizes[b] / sizes[a])
}
