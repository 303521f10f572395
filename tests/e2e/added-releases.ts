import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { rawBundle, rawMatrix, rawRevocation, rawTactic, rawTechnique, type RawObject } from '../support/attack-bundles.js'
import { runCrosswalk, type Run } from './run-crosswalk.js'

/** The objects of the small release. */
export const rawObjects = [
  rawMatrix('Enterprise ATT&CK', ['TA0001']),
  rawTactic('TA0001', 'initial-access', { name: 'Initial Access' }),
  rawTechnique({ id: 'T1059', name: 'Interpreters of All Kinds', tactics: ['initial-access'] }),
  rawTechnique({ id: 'T1086', more: { revoked: true } }),
  rawRevocation('T1086', 'T1059'),
]

/** A bundle of a small release, as text. */
export function release(version: string, more: readonly RawObject[] = []): string {
  return JSON.stringify(rawBundle(version, [...rawObjects, ...more]))
}

/** Runs `crosswalk attack`. */
export function attack(cwd: string, ...args: readonly string[]): Promise<Run> {
  return runCrosswalk(['attack', ...args], { cwd, env: { COLUMNS: '80' } })
}

/** Where the program keeps releases in these tests. */
export function kept(cwd: string): readonly string[] {
  const folder = join(cwd, 'crosswalk-data', 'attack')
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).filter((name) => name !== 'downloads').toSorted() : []
}
