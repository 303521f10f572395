import type { Domain } from '../model/mapping.js'
import type { AttackTactic, AttackTechnique } from './attack-index.js'
import { decodeRun, encodePresence, encodeRuns, isPresent, type ReleasePositions, runValues } from './field-runs.js'

/**
 * The stored form of the index. Each line is one object over all releases, with fields separated by `|`: the value in the oldest
 * release that contains the object, then `;RELEASE=VALUE` for each release in which the value changes.
 * See docs/decisions/0003-attack-index.md.
 */
export interface AttackIndexData extends Readonly<Record<Domain, AttackDomainData>> {
  /** Format version: 1. Raised when the fields of a line change. */
  readonly format: number
}

/** One domain of the stored index. */
export interface AttackDomainData {
  /** Release numbers, oldest first. */
  readonly releases: readonly string[]
  /** Order of the tactics, as a field: tactic ids separated by commas. */
  readonly matrix: string
  /** id | releases | STIX id | shortname | name | status; sorted by id. */
  readonly tactics: readonly string[]
  /** id | releases | STIX id | name | tactics | status | created | modified; sorted by id. */
  readonly techniques: readonly string[]
}

const techniquePrefix = 'attack-pattern--'

/** Encodes a technique over all releases (undefined if a release does not contain it) as a line for `decodeTechnique`. */
export function encodeTechnique(
  id: string,
  byRelease: readonly (AttackTechnique | undefined)[],
  releases: readonly string[],
): string {
  const field = (value: (technique: AttackTechnique) => string): string =>
    encodeRuns(byRelease.map((technique) => technique && value(technique)), releases)
  return [
    id,
    encodePresence(byRelease.map((technique) => technique !== undefined), releases),
    field(({ stixId }) => shortenStixId(stixId, techniquePrefix)),
    field(({ name }) => name),
    field(({ tactics }) => tactics.join(',')),
    field(encodeStatus),
    field(({ created }) => created),
    field(({ modified }) => modified),
  ].join('|')
}

/** Decodes a line for one release; undefined if the release does not contain the technique. */
export function decodeTechnique(line: string, position: number, releases: ReleasePositions): AttackTechnique | undefined {
  const [id = '', presence = '', stixId = '', name = '', tactics = '', status = '', created = '', modified = ''] = line.split('|')
  if (!isPresent(presence, position, releases)) return undefined
  const tacticNames = decodeRun(tactics, position, releases)
  return {
    id,
    stixId: completeStixId(decodeRun(stixId, position, releases), techniquePrefix),
    name: decodeRun(name, position, releases),
    tactics: tacticNames === '' ? [] : tacticNames.split(','),
    ...decodeStatus(decodeRun(status, position, releases)),
    created: decodeRun(created, position, releases),
    modified: decodeRun(modified, position, releases),
  }
}

/** Id of a line: the field before the first separator. */
export function lineId(line: string): string {
  return line.slice(0, line.indexOf('|'))
}

/** All STIX ids that the technique of a line has had. */
export function lineStixIds(line: string): readonly string[] {
  const [, , stixId = ''] = line.split('|', 3)
  return runValues(stixId).map((stored) => completeStixId(stored, techniquePrefix))
}

/** Removes the prefix that all ids of a type share. */
function shortenStixId(stixId: string, prefix: string): string {
  return stixId.startsWith(prefix) ? stixId.slice(prefix.length) : stixId
}

/** Restores the prefix. */
function completeStixId(stored: string, prefix: string): string {
  return stored.includes('--') ? stored : prefix + stored
}

function encodeStatus({ status, successor }: AttackTechnique): string {
  return successor === undefined ? status : `${status}>${successor}`
}

function decodeStatus(stored: string): Pick<AttackTechnique, 'status' | 'successor'> {
  if (stored === 'active' || stored === 'deprecated' || stored === 'revoked') return { status: stored }
  return { status: 'revoked', successor: stored.slice(stored.indexOf('>') + 1) }
}

const tacticPrefix = 'x-mitre-tactic--'

/** Encodes a tactic over all releases (undefined if a release does not contain it) as a line for `decodeTactic`. */
export function encodeTactic(id: string, byRelease: readonly (AttackTactic | undefined)[], releases: readonly string[]): string {
  const field = (value: (tactic: AttackTactic) => string): string =>
    encodeRuns(byRelease.map((tactic) => tactic && value(tactic)), releases)
  return [
    id,
    encodePresence(byRelease.map((tactic) => tactic !== undefined), releases),
    field(({ stixId }) => shortenStixId(stixId, tacticPrefix)),
    field(({ shortname }) => shortname),
    field(({ name }) => name),
    field(({ deprecated }) => (deprecated ? 'deprecated' : 'active')),
  ].join('|')
}

/** Decodes a line for one release; undefined if the release does not contain the tactic. */
export function decodeTactic(line: string, position: number, releases: ReleasePositions): AttackTactic | undefined {
  const [id = '', presence = '', stixId = '', shortname = '', name = '', status = ''] = line.split('|')
  if (!isPresent(presence, position, releases)) return undefined
  return {
    id,
    stixId: completeStixId(decodeRun(stixId, position, releases), tacticPrefix),
    shortname: decodeRun(shortname, position, releases),
    name: decodeRun(name, position, releases),
    ...(decodeRun(status, position, releases) === 'deprecated' && { deprecated: true }),
  }
}
