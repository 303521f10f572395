import type { AttackTechnique } from './attack-index.js'
import { decodeRun, encodePresence, encodeRuns, isPresent, runValues, type ReleasePositions } from './field-runs.js'

const stixPrefix = 'attack-pattern--'

/** Writes one id over all releases (undefined where a release lacks it): the line that `decodeTechnique` reads. */
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
    field(({ stixId }) => shortenStixId(stixId, stixPrefix)),
    field(({ name }) => name),
    field(({ tactics }) => tactics.join(',')),
    field(encodeStatus),
    field(({ created }) => created),
    field(({ modified }) => modified),
  ].join('|')
}

/** Reads a line as of one release; undefined where that release lacks the id. */
export function decodeTechnique(line: string, position: number, releases: ReleasePositions): AttackTechnique | undefined {
  const [id = '', presence = '', stixId = '', name = '', tactics = '', status = '', created = '', modified = ''] = line.split('|')
  if (!isPresent(presence, position, releases)) return undefined
  const tacticNames = decodeRun(tactics, position, releases)
  return {
    id,
    stixId: completeStixId(decodeRun(stixId, position, releases), stixPrefix),
    name: decodeRun(name, position, releases),
    tactics: tacticNames === '' ? [] : tacticNames.split(','),
    ...decodeStatus(decodeRun(status, position, releases)),
    created: decodeRun(created, position, releases),
    modified: decodeRun(modified, position, releases),
  }
}

/** A line's id: what stands before its first separator. */
export function lineId(line: string): string {
  return line.slice(0, line.indexOf('|'))
}

/** Every STIX id that the technique of a line has had. */
export function lineStixIds(line: string): readonly string[] {
  const [, , stixId = ''] = line.split('|', 3)
  return runValues(stixId).map((stored) => completeStixId(stored, stixPrefix))
}

/** Leaves out a prefix that all ids of a kind share. */
export function shortenStixId(stixId: string, prefix: string): string {
  return stixId.startsWith(prefix) ? stixId.slice(prefix.length) : stixId
}

/** Puts the prefix back. */
export function completeStixId(stored: string, prefix: string): string {
  return stored.includes('--') ? stored : prefix + stored
}

function encodeStatus({ status, successor }: AttackTechnique): string {
  return successor === undefined ? status : `${status}>${successor}`
}

function decodeStatus(stored: string): Pick<AttackTechnique, 'status' | 'successor'> {
  if (stored === 'active' || stored === 'deprecated' || stored === 'revoked') return { status: stored }
  return { status: 'revoked', successor: stored.slice(stored.indexOf('>') + 1) }
}
