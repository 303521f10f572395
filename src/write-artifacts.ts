import type { DiagnosticLog } from './diagnostics/diagnostic-log.js'
import type { EmittedArtifact } from './emit-artifacts.js'
import type { ManifestArtefact, ReadDocument } from './manifest.js'
import type { World } from './world.js'
import { writeArtifact } from './write-artifact.js'
import { writeManifest } from './write-manifest.js'

/** Verifies and writes artefacts, one at a time as they are made, then the manifest. `planned`: how many there will be about, for progress. */
export async function writeArtifacts(
  emitted: AsyncIterable<EmittedArtifact>,
  documents: readonly ReadDocument[],
  planned: number,
  world: World,
  log: DiagnosticLog,
): Promise<readonly ManifestArtefact[]> {
  const artefacts: ManifestArtefact[] = []
  for await (const { artifact, folder, options } of emitted) {
    const written = await writeArtifact(artifact, folder, options, world, log.report)
    if (written) artefacts.push(written)
    world.progress?.('Writing', artefacts.length, planned)
  }
  await writeManifest(artefacts, documents, world, log)
  return artefacts
}
