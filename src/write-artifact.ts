import type { Report } from './diagnostics/diagnostic.js'
import type { Artifact } from './emitters/artifact.js'
import type { OptionValue } from './emitters/option-values.js'
import type { ManifestArtefact } from './manifest.js'
import { schemaErrors } from './schemas.js'
import { WriteError, type World } from './world.js'

/** Verifies, renders and writes one artefact. Undefined, and reported, where it can't be. */
export async function writeArtifact(
  artifact: Artifact,
  folder: string,
  options: Readonly<Record<string, OptionValue>>,
  world: World,
  report: Report,
): Promise<ManifestArtefact | undefined> {
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
