import type { DiagnosticLog } from './diagnostics/diagnostic-log.js'
import { createManifest, type ManifestArtefact, type ReadDocument } from './manifest.js'
import { schemaErrors } from './schemas.js'
import { tool } from './tool.js'
import { WriteError, type World } from './world.js'

const name = 'manifest.json'

/** Writes what the run made and from what, and says which artefacts of earlier runs went. Nothing made: nothing written. */
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
  const manifest = createManifest(tool, artefacts, documents)
  const [error] = await schemaErrors('manifest', manifest)
  if (error) {
    report('verify/own-artefact', { subject: name, found: `${error.instancePath} ${error.message ?? 'is wrong'}` })
    return
  }
  try {
    const bytes = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
    for (const path of await world.finish(manifest, bytes, count('error') === 0)) {
      report('emit/stale-removed', { message: `${path} was made by an earlier run, is no longer, and was removed`, subject: path })
    }
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    report('emit/unwritable', { message: cause.message, subject: name })
  }
}
