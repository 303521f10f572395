import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { StixShape } from '../../frameworks/framework.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { countSets, setsTitle, setTitle } from '../table/set-facts.js'
import type { ClusterDraft } from './collect-clusters.js'
import type { Cluster, ClusterFile, GalaxyFile, GalaxyIdentity } from './galaxy-files.js'
import type { MispTexts } from './misp-text.js'

const longestName = 200
const icons: Readonly<Record<StixShape['object'], string>> = {
  'course-of-action': 'shield-alt',
  'vulnerability': 'bug',
  'attack-pattern': 'map',
}
/** Author if no document names one: MISP requires an author. */
export const unstatedAuthor = 'Crosswalk'

/** Builds the head of a galaxy. */
export function buildGalaxy(
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
export function buildClusterFile(
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
