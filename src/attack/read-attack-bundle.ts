import type { AttackRelease } from './attack-release.js'
import { readReleaseDomain, readReleaseVersion, type ReleaseHints } from './bundle/read-release-name.js'
import { readTactics } from './bundle/read-tactics.js'
import { readTechniques } from './bundle/read-techniques.js'
import { sortObjects } from './bundle/sort-objects.js'
import { isStixObject } from './bundle/stix-object.js'

/** A bundle understood, or why it could not be, as a sentence that follows the file's name. */
export type AttackBundleResult =
  | { readonly release: AttackRelease; readonly skipped: readonly string[] }
  | { readonly problem: string }

/** Reads an ATT&CK STIX bundle, 2.0 or 2.1, as published by MITRE. `value` is the parsed JSON and may be anything. */
export function readAttackBundle(value: unknown, hints: ReleaseHints = {}): AttackBundleResult {
  const content = isStixObject(value) && value['type'] === 'bundle' ? value['objects'] : undefined
  if (!Array.isArray(content)) return { problem: 'is not a STIX bundle' }
  const objects = sortObjects(content)
  const domain = readReleaseDomain(objects, hints)
  if (!domain) return { problem: 'does not say which ATT&CK domain it holds' }
  const version = readReleaseVersion(objects, hints)
  if (version === undefined) return { problem: 'does not say which ATT&CK release it is' }
  const tactics = readTactics(objects)
  const { techniques, skipped } = readTechniques(objects, tactics)
  if (techniques.length === 0) return { problem: 'holds no ATT&CK techniques' }
  return { release: { domain, version, tactics, techniques }, skipped }
}
