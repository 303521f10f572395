import type { DiagnosticLog, Report } from '../diagnostics/diagnostic.js'
import type { Artifact, OptionValue } from '../emitters/emitter.js'
import { tool } from '../model/tool.js'
import { schemaErrors } from '../schemas/schema-errors.js'
import type { EmittedArtifact } from './emit.js'
import { type Host, WriteError } from './host.js'
import { compareNames, createManifest, type Manifest, type ManifestArtifact, type ReadDocument } from './manifest.js'

/** Verifies and writes artefacts, one at a time as they are made, then the manifest. `planned`: how many there will be about, for progress. */
export async function writeArtifacts(
  emitted: AsyncIterable<EmittedArtifact>,
  documents: readonly ReadDocument[],
  planned: number,
  world: Host,
  log: DiagnosticLog,
): Promise<readonly ManifestArtifact[]> {
  const artefacts: ManifestArtifact[] = []
  for await (const { artifact, folder, options } of emitted) {
    const written = await writeArtifact(artifact, folder, options, world, log.report)
    if (written) artefacts.push(written)
    world.progress?.('Writing', artefacts.length, planned)
  }
  await writeManifest(artefacts, documents, world, log)
  return artefacts
}

/** Verifies, renders and writes one artefact. Undefined, and reported, where it can't be. */
export async function writeArtifact(
  artifact: Artifact,
  folder: string,
  options: Readonly<Record<string, OptionValue>>,
  world: Host,
  report: Report,
): Promise<ManifestArtifact | undefined> {
  const { emitter, schema, counts } = artifact
  const name = folder === '' ? artifact.name : `${folder}/${artifact.name}`
  const [error] = await schemaErrors(schema, artifact.value)
  if (error) {
    report('verify/own-artefact', {
      message: `${name} does not satisfy ${schema}.schema.json and was not written`,
      subject: name,
      found: `${error.instancePath || '/'} ${error.message ?? 'is wrong'}`,
    })
    return undefined
  }
  try {
    const written = await world.writeArtifact(name, await artifact.render())
    return { name, emitter, schema, ...written, counts, options }
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    report('emit/unwritable', { message: cause.message, subject: name })
    return undefined
  }
}

const manifestName = 'manifest.json'

/**
 * Writes what lies in the output and from what it was made. Artefacts of earlier runs that this one no longer makes are removed, and
 * that is told; those of other formats, and all of them after a run with errors, stay and stay listed. Nothing made: nothing written.
 */
export async function writeManifest(
  artefacts: readonly ManifestArtifact[],
  documents: readonly ReadDocument[],
  world: Host,
  { report, count }: DiagnosticLog,
): Promise<void> {
  if (artefacts.length === 0) {
    report('emit/nothing')
    return
  }
  const own = createManifest(tool, artefacts, documents)
  const former = await world.readFormer(new Set(artefacts.map((artefact) => artefact.name)))
  const formats = new Set(artefacts.map(({ emitter }) => emitter))
  const isStale = ({ emitter }: ManifestArtifact): boolean => count('error') === 0 && formats.has(emitter)
  const kept = former.artefacts.filter((artefact) => !isStale(artefact))
  const manifest = await withKept(own, kept, former.sources)
  const [error] = await schemaErrors('manifest', manifest)
  if (error) {
    report('verify/own-artefact', { subject: manifestName, found: `${error.instancePath} ${error.message ?? 'is wrong'}` })
    return
  }
  try {
    for (const { name: path } of former.artefacts.filter(isStale)) {
      await world.removeArtifact(path)
      report('emit/stale-removed', { message: `${path} was made by an earlier run, is no longer, and was removed`, subject: path })
    }
    await world.writeArtifact(manifestName, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`))
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    report('emit/unwritable', { message: cause.message, subject: manifestName })
  }
}

/** Adds what stays of earlier runs, unless the manifest that listed it was tampered with. */
async function withKept(own: Manifest, kept: readonly ManifestArtifact[], sources: Manifest['sources']): Promise<Manifest> {
  if (kept.length === 0) return own
  const known = new Set(own.sources.map((source) => source.name))
  const together = {
    ...own,
    artefacts: [...own.artefacts, ...kept].toSorted(compareNames),
    sources: [...own.sources, ...sources.filter((source) => !known.has(source.name))].toSorted(compareNames),
  }
  return (await schemaErrors('manifest', together)).length === 0 ? together : own
}
