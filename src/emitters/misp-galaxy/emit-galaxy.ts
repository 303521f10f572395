import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import type { EmitContext } from '../emitter.js'
import { buildCluster } from './build-cluster.js'
import { buildClusterFile, buildGalaxy, unstatedAuthor } from './build-galaxy.js'
import { collectClusters } from './collect-clusters.js'
import type { ClusterFile, GalaxyFile } from './galaxy-files.js'
import { identifyGalaxy } from './galaxy-identity.js'
import { createMispTexts, type MispTexts } from './misp-text.js'
import { nameClusters } from './name-clusters.js'
import { noteLosses } from './note-losses.js'
import { renderSorted } from './render-sorted.js'

/** The clusters of sets and the head of their galaxy: two files, for MISP keeps them in two folders. */
export function emitGalaxy(sets: readonly ResolvedSet[], context: EmitContext): readonly Artifact[] {
  const { attack, baseName, created, report } = context
  const texts = createMispTexts()
  const identity = identifyGalaxy(sets, baseName, created)
  const drafts = collectClusters(sets, identity.uuid, attack)
  const names = nameClusters(drafts, texts)
  const values = drafts.map((draft) => buildCluster(draft, names.get(draft.uuid) ?? draft.uuid, texts))
  const clusters = buildClusterFile(sets, drafts, values, identity, texts)
  const galaxy = buildGalaxy(sets, drafts, identity, texts)

  for (const loss of noteLosses(sets, drafts)) report('emit/not-representable', loss)
  if (!identity.dated) report('emit/left-out', { message: 'MISP galaxy: no date is stated; the version is 1, which any date replaces' })
  if (sets.some(({ about }) => about.organization === undefined && about.name === undefined)) {
    report('emit/left-out', { message: `MISP galaxy: no author is stated; ${unstatedAuthor} stands where none is` })
  }
  reportTexts(texts, context)

  const relations = values.reduce((sum, { related = [] }) => sum + related.length, 0)
  const rows = drafts.flatMap((draft) => draft.rows).filter(({ row, found }) => row.kind === 'unmapped-capability' || found !== undefined).length
  return [
    createArtifact('misp-clusters', 'clusters', clusters, { rows, clusters: values.length, relations }, context),
    createArtifact('misp-galaxy', 'galaxy', galaxy, { clusters: values.length }, context),
  ]
}

function reportTexts({ changed, shortened }: MispTexts, { report }: EmitContext): void {
  if (changed > 0) {
    report('emit/text-adjusted', { message: 'MISP galaxy: control characters, halves of surrogate pairs or quotation marks in names were replaced', count: changed })
  }
  if (shortened > 0) report('emit/text-adjusted', { message: 'MISP galaxy: texts longer than MISP can hold were shortened', count: shortened })
}

function createArtifact(
  schema: 'misp-clusters' | 'misp-galaxy',
  part: string,
  value: ClusterFile | GalaxyFile,
  counts: Artifact['counts'],
  { baseName }: EmitContext,
): Artifact {
  return { name: `${baseName}.${part}.misp.json`, emitter: 'misp-galaxy', schema, value, counts, render: () => renderSorted(value) }
}
