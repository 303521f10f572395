import type { AttackIndex } from '../../src/attack/attack-index.js'
import type { DiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { mispGalaxy } from '../../src/emitters/misp-galaxy/misp-galaxy.js'
import type { Cluster, ClusterFile, GalaxyFile } from '../../src/emitters/misp-galaxy/galaxy-files.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { emitContext } from './emit-context.js'

/** What the emitter made of sets: both files, their texts, and what it reported. */
export interface TestGalaxy {
  readonly clusters: ClusterFile
  readonly galaxy: GalaxyFile
  readonly texts: readonly string[]
  readonly names: readonly string[]
  readonly rows: number | undefined
  readonly log: DiagnosticLog
}

/** The galaxy of sets, through the emitter itself, as its bytes say. */
export async function buildTestGalaxy(
  sets: ResolvedSet | readonly ResolvedSet[],
  { attack, created, baseName }: { readonly attack?: AttackIndex; readonly created?: string; readonly baseName?: string } = {},
): Promise<TestGalaxy> {
  const context = { ...emitContext(attack), ...(created !== undefined && { created }), ...(baseName !== undefined && { baseName }) }
  const artifacts = await mispGalaxy.emit('mappings' in sets ? [sets] : sets, context, {})
  const texts = await Promise.all(artifacts.map(async (artifact) => new TextDecoder().decode(await artifact.render())))
  const clusters: ClusterFile = JSON.parse(texts[0] ?? '')
  const galaxy: GalaxyFile = JSON.parse(texts[1] ?? '')
  return { clusters, galaxy, texts, names: artifacts.map(({ name }) => name), rows: artifacts[0]?.counts.rows, log: context.log }
}

/** The cluster with a name. */
export function clusterNamed({ clusters }: TestGalaxy, name: string): Cluster {
  const found = clusters.values.find(({ value }) => value === name)
  if (!found) throw new Error(`No cluster ${name} among ${clusters.values.map(({ value }) => value).join(', ')}`)
  return found
}
