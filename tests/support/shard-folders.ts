import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { createDiskHost } from '../../src/io/disk-host.js'
import { openShardFolder } from '../../src/io/shard-folders.js'
import { convert } from '../../src/pipeline/convert.js'
import { createMemoryHost } from '../../src/pipeline/host.js'
import { mergeShards } from '../../src/pipeline/merge-shards.js'
import type { ConvertRequest } from '../../src/pipeline/requests.js'
import { bundle, control, relation } from './split-bundles.js'

const cases = fileURLToPath(new URL('../cases', import.meta.url))
// Markdown has the notes of a set, as workbooks and reports have, which take ten times as long.
const formats = ['stix', 'navigator', 'csv', 'markdown'] as const

/** Folders of one test file, which are gone after its tests; `input` has documents of every kind. Defines hooks. */
export function useShardFolders() {
  let root = ''
  let nextFolder = 0

  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'crosswalk-shards-'))
    await writeDocuments(inputFolder())
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  const inputFolder = (): string => path.join(root, 'input')

  function newFolder(): string {
    nextFolder += 1
    return path.join(root, `run-${nextFolder}`)
  }

  async function run(request: Partial<ConvertRequest>, output = newFolder()) {
    const report = await convert({ inputs: [inputFolder()], emitters: formats, ...request }, openHost(output))
    return { output, report }
  }

  async function runShards(of: number, request: Partial<ConvertRequest>) {
    return Promise.all(Array.from({ length: of }, async (_, index) => run({ ...request, shard: { nth: index + 1, of } })))
  }

  async function merge(folders: readonly string[], output = newFolder()) {
    const report = await mergeShards(await Promise.all(folders.map(openShardFolder)), false, openHost(output))
    return { output, report, codes: [...new Set(report.diagnostics.map(({ code }) => code))] }
  }

  return { inputFolder, newFolder, run, runShards, merge, inRoot: (name: string) => path.join(root, name) }
}

function openHost(output: string) {
  return createDiskHost({ output, extensions: ['txt', 'html', 'json', 'yaml', 'csv', 'tsv', 'md'] })
}

/** Documents of every kind, with what makes one depend on another: names that fold to one folder, pairs of bundles, copies, read-back sets. */
async function writeDocuments(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'sub'), { recursive: true })
  for (const name of (await readdir(cases, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name)) {
    for (const file of (await readdir(path.join(cases, name))).filter((entry) => entry.startsWith('input.'))) {
      await cp(path.join(cases, name, file), path.join(folder, `${name}${path.extname(file)}`))
    }
  }
  const table = 'capability_id,technique\nAC-2,T1078\nAC-2,T1110\nAC-3,t1003.\n'
  await writeFile(path.join(folder, 'same.csv'), table)
  await writeFile(path.join(folder, 'same.CSV.csv'), `${table}AC-4,T9999\n`)
  await writeFile(path.join(folder, 'Same.tsv'), table.replaceAll(',', '\t'))
  await writeFile(path.join(folder, 'sub', 'same.csv'), `${table}AC-5,T1566\n`)
  await writeFile(path.join(folder, 'empty.csv'), '')
  // Of these two neither means anything alone.
  await writeFile(path.join(folder, 'mappings.json'), bundle(relation))
  await writeFile(path.join(folder, 'controls.json'), bundle(control))
  const made = createMemoryHost({ 'same.csv': table })
  await convert({ inputs: [], emitters: ['stix', 'csv'] }, made)
  for (const [name, bytes] of made.written) if (name !== 'manifest.json') await writeFile(path.join(folder, `z-${name}`), bytes)
}

/** The files of a folder by their paths. */
export async function readFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).toSorted()
  return new Map(await Promise.all(files.map(async (file) => [path.relative(folder, file), (await readFile(file)).toString('latin1')] as const)))
}

/** The names of files that are not the same in both; a comparison of megabytes tells nothing. */
export function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name))
}
