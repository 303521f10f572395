import type { ResolvedSet } from '../../model/mapping-set.js'
import { setDates } from '../stix/set-dates.js'
import { stixId } from '../stix/stix-id.js'
import { galaxyTypePrefix } from './galaxy-type.js'

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
 * The identity of a galaxy, told by the base name of its artefacts: one mapping set of one release, as files are. The version is the
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
  return type.length <= longestType ? type : `${type.slice(0, longestType - digest.length - 1).replace(/[\ud800-\udbff]$/, '')}-${digest}`
}
