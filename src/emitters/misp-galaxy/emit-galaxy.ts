import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { DiagnosticDetails } from '../../diagnostics/diagnostic.js'
import { compareText } from '../../model/text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { isRecord } from '../../model/stated.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { buildCluster } from './build-cluster.js'
import { buildClusterFile, buildGalaxy, unstatedAuthor } from './build-galaxy.js'
import { type ClusterDraft, collectClusters, nameClusters } from './collect-clusters.js'
import { type ClusterFile, type GalaxyFile, identifyGalaxy } from './galaxy-files.js'
import { createMispTexts, type MispTexts } from './misp-text.js'

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
    report('emit/text-adjusted', { message: 'MISP galaxy: control characters, or quotation marks in names, were replaced', count: changed })
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

const mostIds = 20

/** What a galaxy cannot hold of sets, one entry for each kind of loss. */
function noteLosses(sets: readonly ResolvedSet[], drafts: readonly ClusterDraft[]): readonly DiagnosticDetails[] {
  const rows = sets.flatMap(({ mappings }) => mappings)
  const inClusters = drafts.flatMap((draft) => draft.rows)
  const unknown = inClusters.filter(({ row, found }) => row.kind === 'mapped' && !found).map(({ row }) => row)
  return [
    ...lose(unknown, (n) => `${n} became no relation: no release of ATT&CK holds the technique; the cluster names it`, listIds(unknown)),
    ...lose(
      inClusters.filter(({ found }) => found?.domain === 'ics').map(({ row }) => row),
      (n) => `the relations of ${n} lead nowhere: no galaxy of MISP holds techniques of ATT&CK for ICS under ATT&CK's ids`,
    ),
    ...lose(rows.filter(({ kind }) => kind === 'unmapped-technique'), (n) => `${n} without a capability became no cluster; the description counts them`),
    ...lose(inClusters.map(({ row }) => row), (n) => `${n} merged into clusters: order, places, and whose a reference is, have no room`),
    ...lose(rows.filter(({ author, release, completed }) => author ?? release ?? completed), (n) => `authors, versions and supplied fields of ${n} have no room`),
    ...lose(rows.filter(({ review }) => review), (n) => `the auditor's verdicts on ${n} have no room`),
    ...loseTexts(sets),
  ]
}

function lose(rows: readonly Mapping[], word: (rows: string) => string, found?: string): readonly DiagnosticDetails[] {
  const [first] = rows
  if (!first) return []
  const [origin] = first.origins
  return [{
    message: `MISP galaxy: ${word(countNoun(rows.length, 'row'))}`,
    count: rows.length,
    ...(origin && { origin }),
    ...(found !== undefined && { found }),
  }]
}

function loseTexts(sets: readonly ResolvedSet[]): readonly DiagnosticDetails[] {
  const count = sets.reduce((sum, { relations, groups, about }) =>
    sum + [...relations.values(), ...groups.values()].filter(({ description }) => description !== undefined).length
    + [about.contact, about.versionSchema].filter((text) => text !== undefined).length, 0)
  if (count === 0) return []
  return [{ message: `MISP galaxy: ${countNoun(count, 'text')} about mapping types, groups, contacts and version schemas have no room`, count }]
}

function listIds(rows: readonly Mapping[]): string {
  const ids = [...new Set(rows.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : [])))]
  return ids.length > mostIds ? `${ids.slice(0, mostIds).join(', ')} and ${ids.length - mostIds} more` : ids.join(', ')
}

/** JSON as MISP's repository of galaxies wants it (`jq --sort-keys .`): sorted keys, two spaces, a line feed at the end. */
function renderSorted(value: object): Uint8Array {
  const text = JSON.stringify(value, (_key, item: unknown) => (isRecord(item) ? sortKeys(item) : item), 2)
  return new TextEncoder().encode(`${text}\n`)
}

function sortKeys(record: object): object {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => compareText(a, b)))
}
