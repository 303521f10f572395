import type { ResolvedSet } from '../../model/mapping-set.js'
import { cutText } from '../../model/text.js'
import { setDates, stixId } from '../objects/stix-id.js'
import { galaxyTypePrefix } from './misp-galaxy.js'

/** The head of a galaxy, in MISP's folder `galaxies`. Draft "MISP galaxy format", section 3. */
export interface GalaxyFile {
  readonly description: string
  /** Name of a Font Awesome icon, without "fa-". */
  readonly icon: string
  readonly name: string
  /** Heading under which MISP lists the galaxy. */
  readonly namespace: 'crosswalk'
  /** Links galaxy and clusters; also the name of both files in MISP's folders. */
  readonly type: string
  readonly uuid: string
  readonly version: number
}

/** The clusters of a galaxy, in MISP's folder `clusters`. Draft "MISP galaxy format", section 2. */
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
  /** Name, unique in the galaxy regardless of case: part of the tag that MISP attaches to events. */
  readonly value: string
}

/** Elements of a cluster, which MISP shows as keys and values: one pair for each entry of a list. */
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

/** All rows that relate a capability to a technique with the same type. */
export interface ClusterRelation {
  /** UUID of the technique's STIX id, which is the uuid of its cluster in MISP's galaxy `mitre-attack-pattern`. */
  readonly 'dest-uuid': string
  readonly 'tags'?: readonly string[]
  readonly 'type': 'mitigates' | 'related-to'
}

/** Identity and version of a galaxy in MISP. */
export interface GalaxyIdentity {
  readonly type: string
  readonly uuid: string
  /** Uuid of the cluster file, which MISP calls the collection. */
  readonly collectionUuid: string
  readonly version: number
  /** Whether a date is available for the version; true without sets. */
  readonly dated: boolean
}

/** Version without a date: lower than that of any date. */
const undatedVersion = 1
/** Keeps tags within MISP's limit of 255 characters, together with the longest name of a cluster. */
const longestType = 100

/**
 * Derives the identity of a galaxy from the base name of its artifacts, which identifies mapping set and releases. The version is the
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

/** Derives a UUIDv5 in the namespace of Crosswalk's STIX ids. */
export function mispUuid(...parts: readonly (string | undefined)[]): string {
  return stixId('misp', ...parts).slice('misp--'.length)
}

function shortenType(type: string): string {
  const digest = mispUuid('type', type).slice(0, 8)
  return type.length <= longestType ? type : `${cutText(type, longestType - digest.length - 1)}-${digest}`
}
