import type { Domain } from '../model/mapping.js'
import type { AttackTactic, AttackTechnique } from './attack-index.js'

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
  /** What partial releases lack (`ReleaseLack`), by release number; absent if all are complete. */
  readonly partial?: Readonly<Record<string, readonly string[]>>
  /** Order of the tactics, as a field: tactic ids separated by commas. */
  readonly matrix: string
  /** id | releases | STIX id | shortname | name | status; sorted by id. */
  readonly tactics: readonly string[]
  /** id | releases | STIX id | name | tactics | status | created | modified | platforms, if any are known; sorted by id. */
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
  const platforms = field(({ platforms: own = [] }) => own.join(','))
  return [
    id,
    encodePresence(byRelease.map((technique) => technique !== undefined), releases),
    field(({ stixId }) => shortenStixId(stixId, techniquePrefix)),
    field(({ name }) => name),
    field(({ tactics }) => tactics.join(',')),
    field(encodeStatus),
    field(({ created = '' }) => created),
    field(({ modified = '' }) => modified),
    // Older packs and stored releases have no such field.
    ...(platforms === '' ? [] : [platforms]),
  ].join('|')
}

/** Decodes a line for one release; undefined if the release does not contain the technique. */
export function decodeTechnique(line: string, position: number, releases: ReleasePositions): AttackTechnique | undefined {
  const [id = '', presence = '', stixId = '', name = '', tactics = '', status = '', created = '', modified = '', platforms = ''] = line.split('|')
  if (!isPresent(presence, position, releases)) return undefined
  const tacticNames = decodeRun(tactics, position, releases)
  const platformNames = decodeRun(platforms, position, releases)
  const [createdOn, modifiedOn] = [decodeRun(created, position, releases), decodeRun(modified, position, releases)]
  return {
    id,
    stixId: completeStixId(decodeRun(stixId, position, releases), techniquePrefix),
    name: decodeRun(name, position, releases),
    tactics: tacticNames === '' ? [] : tacticNames.split(','),
    ...decodeStatus(decodeRun(status, position, releases)),
    ...(platformNames !== '' && { platforms: platformNames.split(',') }),
    ...(createdOn !== '' && { created: createdOn }),
    ...(modifiedOn !== '' && { modified: modifiedOn }),
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

/** `revoked>T1685`, or `revoked>T1685+T1686` if there are several. */
function encodeStatus({ status, successor, otherSuccessors = [] }: AttackTechnique): string {
  return successor === undefined ? status : `${status}>${[successor, ...otherSuccessors].join('+')}`
}

function decodeStatus(stored: string): Pick<AttackTechnique, 'status' | 'successor' | 'otherSuccessors'> {
  if (stored === 'active' || stored === 'deprecated' || stored === 'revoked') return { status: stored }
  const [successor = '', ...otherSuccessors] = stored.slice(stored.indexOf('>') + 1).split('+')
  return { status: 'revoked', successor, ...(otherSuccessors.length > 0 && { otherSuccessors }) }
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

/** The releases of a domain, oldest first, and the position of each. */
export interface ReleasePositions {
  readonly releases: readonly string[]
  readonly positions: ReadonlyMap<string, number>
}

/** Numbers releases; they must be sorted oldest first. */
export function createReleasePositions(releases: readonly string[]): ReleasePositions {
  return { releases, positions: new Map(releases.map((release, position) => [release, position])) }
}

/** Encodes one value for each release (undefined if the object does not exist there) as runs: "first;11.3=second;16.1=third". */
export function encodeRuns(values: readonly (string | undefined)[], releases: readonly string[]): string {
  let encoded: string | undefined
  let current: string | undefined
  for (const [position, value] of values.entries()) {
    if (value === undefined || value === current) continue
    encoded = encoded === undefined ? escapeValue(value) : `${encoded};${releases[position] ?? ''}=${escapeValue(value)}`
    current = value
  }
  return encoded ?? ''
}

/** Decodes the value in the release at `position`. */
export function decodeRun(field: string, position: number, { positions }: ReleasePositions): string {
  // Most values never change: the field has a single run.
  if (!field.includes(';')) return unescapeValue(field)
  // From the last run back: the newest releases are used most.
  let end = field.length
  for (let start = field.lastIndexOf(';'); start >= 0; start = start === 0 ? -1 : field.lastIndexOf(';', start - 1)) {
    const equals = field.indexOf('=', start)
    const from = positions.get(field.slice(start + 1, equals)) ?? Infinity
    if (from <= position) return unescapeValue(field.slice(equals + 1, end))
    end = start
  }
  return unescapeValue(field.slice(0, end))
}

/** All values of a field, oldest first. */
function runValues(field: string): readonly string[] {
  const [first = '', ...later] = field.split(';')
  return [first, ...later.map((run) => run.slice(run.indexOf('=') + 1))].map(unescapeValue)
}

/** Encodes the releases that contain an object: "9.0" is 9.0 and later, "8.2-9.0,11.3" has a gap between 9.0 and 11.3. */
function encodePresence(present: readonly boolean[], releases: readonly string[]): string {
  const ranges: string[] = []
  let first = -1
  for (let position = 0; position <= present.length; position += 1) {
    const exists = present[position] === true
    if (exists && first < 0) first = position
    if (exists || first < 0) continue
    const isOpen = position === present.length
    ranges.push(isOpen ? (releases[first] ?? '') : `${releases[first] ?? ''}-${releases[position - 1] ?? ''}`)
    first = -1
  }
  return ranges.join(',')
}

/** Whether the release at `position` contains the object. */
function isPresent(presence: string, position: number, { positions }: ReleasePositions): boolean {
  // Most objects are never removed: the field has a single release.
  const from = positions.get(presence)
  if (from !== undefined) return from <= position
  return presence.split(',').some((range) => {
    const [first = '', last] = range.split('-')
    const end = last === undefined ? Infinity : (positions.get(last) ?? -1)
    return (positions.get(first) ?? Infinity) <= position && position <= end
  })
}

/** Positions of the releases in which the object of a line may differ from the release before: the ends of its ranges and the starts of its runs. */
export function changePositions(line: string, { positions }: ReleasePositions): ReadonlySet<number> {
  const changes = new Set([0])
  const [, presence = ''] = line.split('|', 2)
  for (const range of presence.split(',')) {
    const [first = '', last] = range.split('-')
    changes.add(positions.get(first) ?? 0)
    if (last !== undefined) changes.add((positions.get(last) ?? -1) + 1)
  }
  for (let start = line.indexOf(';'); start >= 0; start = line.indexOf(';', start + 1)) {
    changes.add(positions.get(line.slice(start + 1, line.indexOf('=', start))) ?? 0)
  }
  return changes
}

/** Percent-encodes the separators of fields and runs. */
function escapeValue(value: string): string {
  return value.replaceAll(/[%|;=]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

function unescapeValue(value: string): string {
  if (!value.includes('%')) return value
  return value.replaceAll(/%(25|7C|3B|3D)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
