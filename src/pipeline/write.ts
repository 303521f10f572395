import { countNoun } from '../diagnostics/counts-in-words.js'
import type { DiagnosticLog, Report } from '../diagnostics/diagnostic.js'
import { renderArtifact } from '../emitters/artifact-parts.js'
import type { Artifact, OptionValue } from '../emitters/emitter.js'
import { tool } from '../model/tool.js'
import { schemaErrors } from '../schemas/schema-errors.js'
import type { EmittedArtifact } from './emit.js'
import { type Host, KeptError, WriteError } from './host.js'
import { addKept, createManifest, documentsOf, type Former, type ManifestArtifact, type ReadDocument, sortFormer } from './manifest.js'

/** What a run finds in the output, and does with it. */
export interface Output {
  readonly former: Former
  /** Also remove artifacts of documents that are not in this run. */
  readonly prune?: boolean
  /** Estimated number of artifacts, for progress. */
  readonly planned: number
}

/** Validates and writes artifacts one at a time, as they are made, then the manifest. */
export async function writeArtifacts(
  emitted: AsyncIterable<EmittedArtifact>,
  documents: readonly ReadDocument[],
  output: Output,
  host: Host,
  log: DiagnosticLog,
): Promise<readonly ManifestArtifact[]> {
  const artifacts: ManifestArtifact[] = []
  for await (const { artifact, folder, options, documents: names } of emitted) {
    const written = await writeArtifact(artifact, folder, options, host, log.report)
    if (written) {
      // A set that was read back also names the documents that it was made from before.
      const sources = documents.flatMap(({ file }) => (names.has(file.name) ? [[file.name, file.sha256] as const] : []))
      artifacts.push({ ...written, documents: Object.fromEntries(sources) })
    }
    host.progress?.('Writing', artifacts.length, output.planned)
  }
  await writeManifest(artifacts, documents, output, host, log)
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
  const rendered = await renderArtifact(artifact)
  if (rendered.error) {
    const { error } = rendered
    report('verify/own-artifact', {
      message: `${name} does not match ${schema}.schema.json and was not written`,
      subject: name,
      found: `${error.instancePath || '/'} ${error.message ?? 'is invalid'}`,
    })
    return undefined
  }
  try {
    const written = await host.writeArtifact(name, rendered.bytes)
    return { name, emitter, schema, ...written, counts, options }
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    report(codeOf(cause), { message: cause.message, subject: name })
    return undefined
  }
}

function codeOf(cause: WriteError): 'emit/kept' | 'emit/unwritable' {
  return cause instanceof KeptError ? 'emit/kept' : 'emit/unwritable'
}

const manifestName = 'manifest.json'

/**
 * Writes the manifest of the output, unless there are no artifacts. Removes and reports artifacts that the same documents made in an
 * earlier run and no longer make; keeps and lists those of other documents (without `prune`) and formats, and all of them after a run
 * with errors.
 */
export async function writeManifest(
  artifacts: readonly ManifestArtifact[],
  documents: readonly ReadDocument[],
  { former, prune = false }: Output,
  host: Host,
  { report, count }: DiagnosticLog,
): Promise<void> {
  if (artifacts.length === 0) {
    // Errors about all inputs say enough.
    if (documents.length > 0 || count('error') === 0) report('emit/nothing')
    return
  }
  reportReplaced(former, artifacts, report)
  const { stale, foreign, otherFormats } = sortFormer(former, artifacts)
  const failed = count('error') > 0
  const removed = failed ? [] : [...stale, ...(prune ? foreign : [])]
  const kept = [...otherFormats, ...(failed ? stale : []), ...(failed || !prune ? foreign : [])]
  const own = createManifest(tool, artifacts, documents)
  // The former manifest may have been edited: what makes this one invalid is left out.
  const together = addKept(own, kept, former)
  const manifest = (await schemaErrors('manifest', together)).length === 0 ? together : own
  const [error] = await schemaErrors('manifest', manifest)
  if (error) {
    report('verify/own-artifact', { subject: manifestName, found: `${error.instancePath} ${error.message ?? 'is invalid'}` })
    return
  }
  try {
    for (const { name } of host.dryRun === true ? [] : removed) {
      await host.removeArtifact(name)
      report('emit/stale-removed', { message: `${name} was written by an earlier run, is no longer made, and was removed`, subject: name })
    }
    await host.writeArtifact(manifestName, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`))
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    report(codeOf(cause), { message: cause.message, subject: manifestName })
  }
}

/** Reports artifacts of earlier runs that were overwritten by ones of fewer documents, or of other content. */
function reportReplaced(former: Former, artifacts: readonly ManifestArtifact[], report: Report): void {
  const before = new Map(former.artifacts.map((artifact) => [artifact.name, documentsOf(artifact, former)]))
  for (const { name, documents = {} } of artifacts) {
    const entries = Object.entries(before.get(name) ?? {})
    const missing = entries.filter(([document]) => documents[document] === undefined).map(([document]) => document)
    const changed = entries.filter(([document, sha256]) => documents[document] !== undefined && documents[document] !== sha256)
    if (missing.length > 0) {
      const found = missing.length > 3 ? countNoun(missing.length, 'document') : missing.join(', ')
      report('emit/replaced', { message: `${name} was also made of ${found} before, and was overwritten without`, subject: name, found })
    } else if (changed.length > 0) {
      const found = changed.length > 3 ? countNoun(changed.length, 'document') : changed.map(([document]) => document).join(', ')
      report('emit/updated', { message: `${name} was overwritten: ${found} had other content before`, subject: name, found })
    }
  }
}
