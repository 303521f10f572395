import type { DiagnosticLog, Report } from '../diagnostics/diagnostic.js'
import type { Artifact, OptionValue } from '../emitters/emitter.js'
import { tool } from '../model/tool.js'
import { schemaErrors } from '../schemas/schema-errors.js'
import type { EmittedArtifact } from './emit.js'
import { type Host, WriteError } from './host.js'
import { compareNames, createManifest, type Manifest, type ManifestArtifact, type ReadDocument } from './manifest.js'

/** Validates and writes artifacts one at a time, as they are made, then the manifest. `planned`: their estimated number, for progress. */
export async function writeArtifacts(
  emitted: AsyncIterable<EmittedArtifact>,
  documents: readonly ReadDocument[],
  planned: number,
  host: Host,
  log: DiagnosticLog,
): Promise<readonly ManifestArtifact[]> {
  const artifacts: ManifestArtifact[] = []
  for await (const { artifact, folder, options } of emitted) {
    const written = await writeArtifact(artifact, folder, options, host, log.report)
    if (written) artifacts.push(written)
    host.progress?.('Writing', artifacts.length, planned)
  }
  await writeManifest(artifacts, documents, host, log)
  return artifacts
}

/** Validates, renders and writes an artifact. Failures are reported; the result is undefined then. */
export async function writeArtifact(
  artifact: Artifact,
  folder: string,
  options: Readonly<Record<string, OptionValue>>,
  host: Host,
  report: Report,
): Promise<ManifestArtifact | undefined> {
  const { emitter, schema, counts } = artifact
  const name = folder === '' ? artifact.name : `${folder}/${artifact.name}`
  const [error] = await schemaErrors(schema, artifact.value)
  if (error) {
    report('verify/own-artifact', {
      message: `${name} does not match ${schema}.schema.json and was not written`,
      subject: name,
      found: `${error.instancePath || '/'} ${error.message ?? 'is invalid'}`,
    })
    return undefined
  }
  try {
    const written = await host.writeArtifact(name, await artifact.render())
    return { name, emitter, schema, ...written, counts, options }
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    report('emit/unwritable', { message: cause.message, subject: name })
    return undefined
  }
}

const manifestName = 'manifest.json'

/**
 * Writes the manifest of the output, unless there are no artifacts. Removes and reports artifacts of earlier runs that this run
 * did not make again; keeps those of other formats, and all of them after a run with errors, and lists them too.
 */
export async function writeManifest(
  artifacts: readonly ManifestArtifact[],
  documents: readonly ReadDocument[],
  host: Host,
  { report, count }: DiagnosticLog,
): Promise<void> {
  if (artifacts.length === 0) {
    report('emit/nothing')
    return
  }
  const own = createManifest(tool, artifacts, documents)
  const former = await host.readFormer(new Set(artifacts.map((artifact) => artifact.name)))
  const formats = new Set(artifacts.map(({ emitter }) => emitter))
  const isStale = ({ emitter }: ManifestArtifact): boolean => count('error') === 0 && formats.has(emitter)
  const kept = former.artifacts.filter((artifact) => !isStale(artifact))
  const manifest = await withKept(own, kept, former.sources)
  const [error] = await schemaErrors('manifest', manifest)
  if (error) {
    report('verify/own-artifact', { subject: manifestName, found: `${error.instancePath} ${error.message ?? 'is invalid'}` })
    return
  }
  try {
    for (const { name: path } of former.artifacts.filter(isStale)) {
      await host.removeArtifact(path)
      report('emit/stale-removed', { message: `${path} was written by an earlier run, is no longer made, and was removed`, subject: path })
    }
    await host.writeArtifact(manifestName, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`))
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    report('emit/unwritable', { message: cause.message, subject: manifestName })
  }
}

/** Adds the kept artifacts of earlier runs, unless that makes the manifest invalid: the former one may have been edited. */
async function withKept(own: Manifest, kept: readonly ManifestArtifact[], sources: Manifest['sources']): Promise<Manifest> {
  if (kept.length === 0) return own
  const known = new Set(own.sources.map((source) => source.name))
  const together = {
    ...own,
    artifacts: [...own.artifacts, ...kept].toSorted(compareNames),
    sources: [...own.sources, ...sources.filter((source) => !known.has(source.name))].toSorted(compareNames),
  }
  return (await schemaErrors('manifest', together)).length === 0 ? together : own
}
