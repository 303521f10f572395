import type { AttackTactic } from './attack-index.js'
import { decodeRun, encodePresence, encodeRuns, isPresent, type ReleasePositions } from './field-runs.js'
import { completeStixId, shortenStixId } from './technique-line.js'

const stixPrefix = 'x-mitre-tactic--'

/** Writes one tactic over all releases (undefined where a release lacks it): the line that `decodeTactic` reads. */
export function encodeTactic(id: string, byRelease: readonly (AttackTactic | undefined)[], releases: readonly string[]): string {
  const field = (value: (tactic: AttackTactic) => string): string =>
    encodeRuns(byRelease.map((tactic) => tactic && value(tactic)), releases)
  return [
    id,
    encodePresence(byRelease.map((tactic) => tactic !== undefined), releases),
    field(({ stixId }) => shortenStixId(stixId, stixPrefix)),
    field(({ shortname }) => shortname),
    field(({ name }) => name),
    field(({ deprecated }) => (deprecated ? 'deprecated' : 'active')),
  ].join('|')
}

/** Reads a line as of one release; undefined where that release lacks the tactic. */
export function decodeTactic(line: string, position: number, releases: ReleasePositions): AttackTactic | undefined {
  const [id = '', presence = '', stixId = '', shortname = '', name = '', status = ''] = line.split('|')
  if (!isPresent(presence, position, releases)) return undefined
  return {
    id,
    stixId: completeStixId(decodeRun(stixId, position, releases), stixPrefix),
    shortname: decodeRun(shortname, position, releases),
    name: decodeRun(name, position, releases),
    ...(decodeRun(status, position, releases) === 'deprecated' && { deprecated: true }),
  }
}
