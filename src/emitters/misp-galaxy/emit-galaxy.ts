import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { DiagnosticDetails } from '../../diagnostics/diagnostic.js'
import type { StixShape } from '../../frameworks/framework.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { isRecord } from '../../model/stated.js'
import { compareText } from '../../model/text.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { countSets, setsTitle, setTitle } from '../table/set-facts.js'
import { buildCluster } from './build-cluster.js'
import { type ClusterDraft, collectClusters, createMispTexts, type MispTexts, nameClusters } from './collect-clusters.js'
import { type Cluster, type ClusterFile, type GalaxyFile, type GalaxyIdentity, identifyGalaxy } from './galaxy-files.js'

const longestName = 200
const icons: Readonly<Record<StixShape['object'], string>> = {
  'course-of-action': 'shield-alt',
  'vulnerability': 'bug',
  'attack-pattern': 'map',
}
/** Author if no document names one: MISP requires an author. */
const unstatedAuthor = 'Crosswalk'

/** Builds the head of a galaxy. */
function buildGalaxy(
  sets: readonly ResolvedSet[], drafts: readonly ClusterDraft[], identity: GalaxyIdentity, texts: MispTexts,
): GalaxyFile {
  const { type, uuid, version } = identity
  return {
    description: describeGalaxy(sets, texts),
    icon: icons[soleObject(drafts) ?? 'course-of-action'],
    name: texts.line(setsTitle(sets), longestName),
    namespace: 'crosswalk',
    type,
    uuid,
    version,
  }
}

/** Builds the cluster file of a galaxy. */
function buildClusterFile(
  sets: readonly ResolvedSet[],
  drafts: readonly ClusterDraft[],
  values: readonly Cluster[],
  identity: GalaxyIdentity,
  texts: MispTexts,
): ClusterFile {
  const { type, collectionUuid, version } = identity
  return {
    authors: listAuthors(sets, texts),
    category: soleObject(drafts) ?? 'mapping',
    description: describeGalaxy(sets, texts),
    name: texts.line(setsTitle(sets), longestName),
    source: describeSources(sets, texts),
    type,
    uuid: collectionUuid,
    values,
    version,
  }
}

function describeGalaxy(sets: readonly ResolvedSet[], texts: MispTexts): string {
  const { mapped, mappedCapabilities, mappedTechniques, unmappedCapabilities, unmappedTechniques } = countSets(sets)
  const counts = [
    `${countNoun(mapped, 'mapping')} of ${countNoun(mappedCapabilities, 'capability')} to ${countNoun(mappedTechniques, 'technique')}`,
    ...(unmappedCapabilities === 0 ? [] : [`${countNoun(unmappedCapabilities, 'row')} without a technique`]),
    ...(unmappedTechniques === 0 ? [] : [`${countNoun(unmappedTechniques, 'row')} without a capability, which make no cluster`]),
  ]
  return texts.block([...sets.map((set) => `${setTitle(set)}.${describeDates(set)}`), `${counts.join('; ')}.`].join('\n'))
}

function describeDates({ about: { mappingVersion, created, modified } }: ResolvedSet): string {
  const facts = [
    ...(mappingVersion === undefined ? [] : [`mapping version ${mappingVersion}`]),
    ...(created === undefined ? [] : [`created ${created}`]),
    ...(modified === undefined ? [] : [`last updated ${modified}`]),
  ]
  return facts.length === 0 ? '' : ` ${facts.join(', ').replace(/^[a-z]/, (letter) => letter.toUpperCase())}.`
}

function listAuthors(sets: readonly ResolvedSet[], texts: MispTexts): readonly string[] {
  const stated = sets.flatMap(({ about }) => [about.organization, about.name]).filter((name) => name !== undefined)
  const names = [...new Set(stated.map((name) => texts.line(name, longestName)))].filter((name) => name !== '')
  return names.length > 0 ? names : [unstatedAuthor]
}

function describeSources(sets: readonly ResolvedSet[], texts: MispTexts): string {
  const names = [...new Set(sets.flatMap(({ sources }) => sources.map(({ name }) => name)))]
  const shown = names.slice(0, 3).map((name) => texts.line(name, 80)).filter((name) => name !== '')
  if (shown.length === 0) return 'not stated'
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ')
}

/** The STIX type of the capabilities; undefined if they have several. */
function soleObject(drafts: readonly ClusterDraft[]): StixShape['object'] | undefined {
  const [first, ...others] = new Set(drafts.map(({ shape }) => shape.object))
  return others.length === 0 ? first : undefined
}

/** Writes the clusters of sets and the head of their galaxy, as two files: MISP keeps them in two folders. */
export function emitGalaxy(sets: readonly ResolvedSet[], context: EmitContext): readonly Artifact[] {
  const { attack, baseName, created, report } = context
  const texts = createMispTexts()
  const identity = identifyGalaxy(sets, baseName, created)
  const drafts = collectClusters(sets, identity.uuid, attack)
  const names = nameClusters(drafts, texts)
  const values = drafts.map((draft) => buildCluster(draft, names.get(draft.uuid) ?? draft.uuid, texts))
  const clusters = buildClusterFile(sets, drafts, values, identity, texts)
  const galaxy = buildGalaxy(sets, drafts, identity, texts)

  for (const loss of listLosses(sets, drafts)) report('emit/not-representable', loss)
  if (!identity.dated) report('emit/left-out', { message: 'MISP galaxy: no date is stated; the version is 1, lower than that of any date' })
  if (sets.some(({ about }) => about.organization === undefined && about.name === undefined)) {
    const message = `MISP galaxy: a mapping set states no author; the author is ${unstatedAuthor} unless other sets state one`
    report('emit/left-out', { message })
  }
  reportTexts(texts, context)

  const relations = values.reduce((sum, { related = [] }) => sum + related.length, 0)
  const rows = drafts.flatMap((draft) => draft.rows).filter(({ row, found }) => row.kind === 'unmapped-capability' || found !== undefined)
  return [
    createArtifact('misp-clusters', 'clusters', clusters, { rows: rows.length, clusters: values.length, relations }, context),
    createArtifact('misp-galaxy', 'galaxy', galaxy, { clusters: values.length }, context),
  ]
}

function reportTexts({ changed, shortened }: MispTexts, { report }: EmitContext): void {
  if (changed > 0) {
    const message = 'MISP galaxy: control characters, or quotation marks in names, were replaced'
    report('emit/text-adjusted', { message, count: changed })
  }
  if (shortened > 0) {
    const message = 'MISP galaxy: texts longer than MISP allows were shortened'
    report('emit/text-adjusted', { message, count: shortened })
  }
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

/** Losses of a galaxy, one entry for each kind. */
function listLosses(sets: readonly ResolvedSet[], drafts: readonly ClusterDraft[]): readonly DiagnosticDetails[] {
  const rows = sets.flatMap(({ mappings }) => mappings)
  const inClusters = drafts.flatMap((draft) => draft.rows)
  const unknown = inClusters.filter(({ row, found }) => row.kind === 'mapped' && !found).map(({ row }) => row)
  return [
    ...describeLoss(
      unknown, (n) => `${n} without a relation, because no ATT&CK release has the technique; the cluster names it`, listIds(unknown),
    ),
    ...describeLoss(
      inClusters.filter(({ found }) => found?.domain === 'ics').map(({ row }) => row),
      (n) => `relations of ${n} have no target, because no MISP galaxy contains the techniques of ATT&CK for ICS under ATT&CK's ids`,
    ),
    ...describeLoss(
      rows.filter(({ kind }) => kind === 'unmapped-technique'),
      (n) => `${n} without a capability left out (counted in the description)`,
    ),
    ...describeLoss(
      inClusters.map(({ row }) => row),
      (n) => `${n} merged into clusters; order, places, and which row has which reference are lost`,
    ),
    ...describeLoss(
      rows.filter(({ author, release, completed }) => author ?? release ?? completed),
      (n) => `authors, versions and origins of completed fields of ${n} omitted`,
    ),
    ...describeLoss(rows.filter(({ review }) => review), (n) => `auditors' verdicts on ${n} omitted`),
    ...describeTextLosses(sets),
  ]
}

function describeLoss(rows: readonly Mapping[], describe: (rows: string) => string, found?: string): readonly DiagnosticDetails[] {
  const [first] = rows
  if (!first) return []
  const [origin] = first.origins
  return [{
    message: `MISP galaxy: ${describe(countNoun(rows.length, 'row'))}`,
    count: rows.length,
    ...(origin && { origin }),
    ...(found !== undefined && { found }),
  }]
}

function describeTextLosses(sets: readonly ResolvedSet[]): readonly DiagnosticDetails[] {
  const count = sets.reduce((sum, { relations, groups, about }) =>
    sum + [...relations.values(), ...groups.values()].filter(({ description }) => description !== undefined).length
    + [about.contact, about.versionSchema].filter((text) => text !== undefined).length, 0)
  if (count === 0) return []
  const message = `MISP galaxy: ${countNoun(count, 'text')} about mapping types, groups, contacts and version schemas omitted`
  return [{ message, count }]
}

function listIds(rows: readonly Mapping[]): string {
  const ids = [...new Set(rows.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : [])))]
  return ids.length > mostIds ? `${ids.slice(0, mostIds).join(', ')} and ${ids.length - mostIds} more` : ids.join(', ')
}

/** Renders JSON as in MISP's repository of galaxies (`jq --sort-keys .`): sorted keys, two spaces, a line feed at the end. */
function renderSorted(value: object): Uint8Array {
  const text = JSON.stringify(value, (_key, item: unknown) => (isRecord(item) ? sortKeys(item) : item), 2)
  return new TextEncoder().encode(`${text}\n`)
}

function sortKeys(record: object): object {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => compareText(a, b)))
}
