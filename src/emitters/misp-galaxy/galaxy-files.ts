import type { ResolvedSet } from '../../model/mapping-set.js'
import { cutText } from '../../model/text.js'
import { setDates, stixId } from '../objects/stix-id.js'
import { galaxyTypePrefix } from './misp-galaxy.js'

/** What MISP reads from `galaxies/`: the head of a galaxy. Draft "MISP galaxy format", section 3. */
export interface GalaxyFile {
  readonly description: string
  /** The name of an icon of Font Awesome, without "fa-". */
  readonly icon: string
  readonly name: string
  /** Under what MISP lists the galaxy. */
  readonly namespace: 'crosswalk'
  /** What ties galaxy and clusters together; also the name that both files have in MISP's folders. */
  readonly type: string
  readonly uuid: string
  readonly version: number
}

/** What MISP reads from `clusters/`: the values of a galaxy. Draft "MISP galaxy format", section 2. */
export interface ClusterFile {
  readonly authors: readonly string[]
  readonly category: string
  readonly description: string
  readonly name: string
  readonly source: string
  readonly type: string
  readonly uuid: string
  readonly values: readonly Cluster[]
  readonly version: number
}

/** A capability. */
export interface Cluster {
  readonly description: string
  readonly meta: ClusterMeta
  readonly related?: readonly ClusterRelation[]
  readonly uuid: string
  /** The name, unique in the galaxy regardless of case: it is a part of the tag that MISP attaches to events. */
  readonly value: string
}

/** Elements that MISP shows as pairs of key and value; of a list it makes one pair for each entry. */
export interface ClusterMeta {
  readonly 'attack'?: readonly string[]
  readonly 'citations'?: readonly string[]
  readonly 'comments'?: readonly string[]
  readonly 'external_id': string
  readonly 'framework': string
  readonly 'framework-version'?: string
  readonly 'groups'?: readonly string[]
  readonly 'mapping-types'?: readonly string[]
  readonly 'mappings'?: readonly string[]
  readonly 'refs'?: readonly string[]
  readonly 'scores'?: readonly string[]
  readonly 'status'?: 'non-mappable'
  readonly 'stix-id': string
  readonly 'synonyms'?: readonly string[]
}

/** All rows that relate a capability to one technique in the same way. */
export interface ClusterRelation {
  /** The technique's STIX id without its type: the uuid of its cluster in MISP's galaxy `mitre-attack-pattern`. */
  readonly 'dest-uuid': string
  readonly 'tags'?: readonly string[]
  readonly 'type': 'mitigates' | 'related-to'
}

/** What MISP tells galaxies apart by, and which of two copies is the newer one. */
export interface GalaxyIdentity {
  readonly type: string
  readonly uuid: string
  /** Of the cluster file, which MISP calls the collection. */
  readonly collectionUuid: string
  readonly version: number
  /** Whether a date was at hand to make the version of. */
  readonly dated: boolean
}

/** Where no date is at hand: older than any date. */
const undatedVersion = 1
/** With the longest name of a cluster, a tag stays within MISP's 255 characters. */
const longestType = 100

/**
 * The identity of a galaxy, told by the base name of its artifacts: one mapping set of one release, as files are. The version is the
 * date of the latest update as a number: 20241211.
 */
export function identifyGalaxy(sets: readonly ResolvedSet[], baseName: string, created: string | undefined): GalaxyIdentity {
  const dates = sets.map(({ about }) => setDates(about, created)).filter(({ stated }) => stated)
  const versions = dates.map(({ modified }) => Number(modified.slice(0, 10).replaceAll('-', '')))
  return {
    type: shortenType(`${galaxyTypePrefix}${baseName}`),
    uuid: mispUuid('galaxy', baseName),
    collectionUuid: mispUuid('clusters', baseName),
    version: versions.reduce((newest, version) => Math.max(newest, version), undatedVersion),
    dated: sets.length === 0 || dates.length > 0,
  }
}

/** A UUIDv5 in the namespace of our STIX ids. */
export function mispUuid(...parts: readonly (string | undefined)[]): string {
  return stixId('misp', ...parts).slice('misp--'.length)
}

function shortenType(type: string): string {
  const digest = mispUuid('type', type).slice(0, 8)
  return type.length <= longestType ? type : `${cutText(type, longestType - digest.length - 1)}-${digest}`
}
