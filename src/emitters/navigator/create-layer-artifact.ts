import type { Artifact } from '../artifact.js'

/** A layer file, or a file with a list of layers. */
export function createLayerArtifact(value: unknown, counts: Artifact['counts'], baseName: string): Artifact {
  return {
    name: `${baseName}.layer.json`,
    emitter: 'navigator',
    schema: 'navigator-layer',
    value,
    counts,
    render: () => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`),
  }
}
