import path from 'node:path'
import type { Command } from 'commander'
import type { Emitter } from '../emitters/emitter.js'
import { type EmitterId, emitters } from '../emitters/registry.js'
import { explainFailure, isFolder } from '../io/files.js'
import { chunksOf, writeFileAtomically } from '../io/write-files.js'
import type { Host } from '../pipeline/host.js'
import type { ManifestArtifact } from '../pipeline/manifest.js'
import { UsageError } from './usage.js'

/** The one file that `--output` names, or standard output ("-"), and the formats that may be written to it. */
export interface SingleOutput {
  readonly file: string
  readonly to: readonly EmitterId[]
}

const standardOutput = '-'
/** Extensions of files that are no output formats: a folder is hardly called so. */
const otherFiles = /\.(?:txt|tsv|pdf|docx?|xls|ods|pptx?|xml|htm|zip|gz)$/i

/** The file that `--output` names: "-", or a path with the extension of an output format. Undefined for a folder. Throws UsageError. */
export async function readSingleOutput(command: Command): Promise<SingleOutput | undefined> {
  const { output, to } = command.opts<{ readonly output: string; readonly to: readonly EmitterId[] }>()
  const isNamed = command.getOptionValueSource('to') === 'cli'
  if (isStandardOutput(output)) return { file: standardOutput, to }
  if (/[/\\]$/.test(output) || await isFolder(output)) return undefined
  const byExtension = formatOf(output)
  if (byExtension) {
    if (!isNamed) return { file: output, to: [byExtension.id] }
    const fits = to.filter((id) => emitters.some((one) => one.id === id && sharesExtension(one, output)))
    if (fits.length > 0) return { file: output, to }
    throw new UsageError(`--output ${output} has the extension of ${byExtension.id}, but --to is ${to.join(',')}`)
  }
  if (otherFiles.test(output)) {
    const known = [...new Set(emitters.map(({ extension }) => extension))].join(', ')
    throw new UsageError(`--output ${output} looks like a file, but no output format ends in ${path.extname(output)}.\n`
      + `Available: ${known}. Put / after the name of a folder.`)
  }
  return undefined
}

/** Whether the results of a run go to standard output, so that what is for people goes to standard error. */
export function isStandardOutput(output: string): boolean {
  return output === standardOutput || output === '/dev/stdout'
}

/** The format with the longest extension that a file has: .stix.json is not CTID's JSON. */
function formatOf(file: string): Emitter<EmitterId> | undefined {
  const fits = emitters.filter(({ extension }) => file.toLowerCase().endsWith(extension))
  return fits.toSorted((a, b) => b.extension.length - a.extension.length)[0]
}

/** Whether a file may have an artifact: bundle.json is a name for a STIX bundle too. */
function sharesExtension({ extension }: Pick<Emitter, 'extension'>, file: string): boolean {
  return extension.endsWith(path.extname(file).toLowerCase())
}

/** A host that keeps artifacts in memory, as they were made, since it is not known yet whether they are one. */
export interface HoldingHost extends Host {
  readonly held: ReadonlyMap<string, Chunks>
}

/** The bytes of an artifact, in order. Not joined: it may be larger than what is left of the memory. */
type Chunks = readonly Uint8Array[]

/** Creates a host that reads through another one, and finds nothing of earlier runs. */
export function holdArtifacts(host: Host): HoldingHost {
  const held = new Map<string, Chunks>()
  return {
    ...host,
    held,
    async writeArtifact(name, content) {
      const chunks: Uint8Array[] = []
      for await (const chunk of chunksOf(content)) chunks.push(chunk)
      held.set(name, chunks)
      return host.writeArtifact(name, streamChunks(chunks))
    },
    readFormer: async () => ({ artifacts: [], sources: [] }),
    removeArtifact: async () => undefined,
  }
}

async function* streamChunks(chunks: Chunks): AsyncGenerator<Uint8Array> {
  yield* chunks
}

/** The one artifact of a run, and those that go with it and are not written, such as the metadata of a table. */
interface Chosen {
  readonly only: ManifestArtifact
  readonly companions: readonly ManifestArtifact[]
}

/** Chooses the artifact to write; undefined if there is none. Throws UsageError, naming what narrows the choice, if there are several. */
export function chooseArtifact(
  artifacts: readonly ManifestArtifact[], { file }: SingleOutput, sets: number, combined: boolean,
): Chosen | undefined {
  const main = artifacts.filter(isMain)
  const [only] = main
  if (!only) return undefined
  if (main.length === 1) return { only, companions: artifacts.filter((one) => one !== only) }
  const formats = [...new Set(main.map(({ emitter }) => emitter))]
  const narrows = [
    ...(formats.length > 1 ? [`one format with --to, such as --to ${formats.includes('csv') ? 'csv' : formats[0] ?? ''}`] : []),
    ...(sets > 1 && !combined ? ['one artifact of all mapping sets with --combine'] : []),
    ...(main.some(({ options }) => options['layer-files'] === 'separate') ? ['one file with --layer-files list'] : []),
  ]
  const names = main.slice(0, 3).map(({ name }) => name).join(', ')
  throw new UsageError(`--output ${file} takes one artifact, but this run makes ${main.length}: `
    + `${names}${main.length > 3 ? ` and ${main.length - 3} more` : ''}.\n`
    + (narrows.length > 0 ? `Ask for ${narrows.join(', and ')}; or write to a folder.`
      : 'Convert the documents one at a time, or write to a folder.'))
}

/** Whether an artifact is what its format is for, not one that goes with it, such as the metadata of a table. */
export function isMain({ name, emitter, schema }: Pick<ManifestArtifact, 'name' | 'emitter' | 'schema'>): boolean {
  // Two files of Parquet have one extension, and a schema each.
  return emitters.some((one) => one.id === emitter && name.endsWith(one.extension) && (emitter !== 'parquet' || schema === one.schema))
}

/** Formats that are not text, which would disturb a terminal. */
const binary: ReadonlySet<string> = new Set(['xlsx', 'png', 'parquet'])

/** Writes an artifact to the file or to standard output. Throws UsageError if it cannot be written. */
export async function writeSingle({ file }: SingleOutput, { emitter }: ManifestArtifact, chunks: Chunks): Promise<void> {
  if (isStandardOutput(file)) {
    if (process.stdout.isTTY && binary.has(emitter)) throw new UsageError(`${emitter} is not text: redirect standard output to a file or a pipe`)
    for (const chunk of chunks) process.stdout.write(chunk)
    return
  }
  try {
    await writeFileAtomically(file, streamChunks(chunks))
  } catch (error) {
    throw new UsageError(`--output ${file} could not be written: ${explainFailure(error)}`)
  }
}
