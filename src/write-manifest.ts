import type { DiagnosticLog } from './diagnostics/diagnostic-log.js'
import { compareNames, createManifest, type Manifest, type ManifestArtefact, type ReadDocument } from './manifest.js'
import { schemaErrors } from './schemas.js'
import { tool } from './tool.js'
import { WriteError, type World } from './world.js'

const name = 'manifest.json'

/**
 * Writes what lies in the output and from what it was made. Artefacts of earlier runs that this one no longer makes are removed, and
 * that is told; those of other formats, and all of them after a run with errors, stay and stay listed. Nothing made: nothing written.
 */
export async function writeManifest(
  artefacts: readonly ManifestArtefact[],
  documents: readonly ReadDocument[],
  world: World,
  { report, count }: DiagnosticLog,
): Promise<void> {
  if (artefacts.length === 0) {
    report('emit/nothing')
    return
  }
  const own = createManifest(tool, artefacts, documents)
  const former = await world.readFormer(new Set(artefacts.map((artefact) => artefact.name)))
  const formats = new Set(artefacts.map(({ emitter }) => emitter))
  const isStale = ({ emitter }: ManifestArtefact): boolean => count('error') === 0 && formats.has(emitter)
  const kept = former.artefacts.filter((artefact) => !isStale(artefact))
  const manifest = await withKept(own, kept, former.sources)
  const [error] = await schemaErrors('manifest', manifest)
  if (error) {
    report('verify/own-artefact', { subject: name, found: `${error.instancePath} ${error.message ?? 'is wrong'}` })
    return
  }
  try {
    for (const { name: path } of former.artefacts.filter(isStale)) {
      await world.removeArtifact(path)
      report('emit/stale-removed', { message: `${path} was made by an earlier run, is no longer, and was removed`, subject: path })
    }
    await world.writeArtifact(name, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`))
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    report('emit/unwritable', { message: cause.message, subject: name })
  }
}

/** Adds what stays of earlier runs, unless the manifest that listed it was tampered with. */
async function withKept(own: Manifest, kept: readonly ManifestArtefact[], sources: Manifest['sources']): Promise<Manifest> {
  if (kept.length === 0) return own
  const known = new Set(own.sources.map((source) => source.name))
  const together = {
    ...own,
    artefacts: [...own.artefacts, ...kept].toSorted(compareNames),
    sources: [...own.sources, ...sources.filter((source) => !known.has(source.name))].toSorted(compareNames),
  }
  return (await schemaErrors('manifest', together)).length === 0 ? together : own
}
