import type { Domain } from '../../model/mapping.js'
import type { ReleaseFacts } from '../attack-index.js'
import { readTactics, readTechniques } from './read-techniques.js'
import { type BundleObjects, isStixObject, objectsOf, sortObjects, textOf, textsOf } from './stix-object.js'

/** A bundle understood, or why it could not be, as a sentence that follows the file's name. */
type AttackBundleResult =
  | { readonly release: ReleaseFacts; readonly skipped: readonly string[] }
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

/** Says whose release a bundle is: what the user or the file name tell. */
export interface ReleaseHints {
  readonly domain?: Domain
  readonly version?: string
  readonly fileName?: string
}

/** The version: as the user says, as the collection says (only STIX 2.1 bundles have one), or as the file's name has it. */
export function readReleaseVersion({ collections }: BundleObjects, { version, fileName }: ReleaseHints): string | undefined {
  const [stated] = collections.flatMap((collection) => textOf(collection, 'x_mitre_version') ?? [])
  const text = version ?? stated ?? /(?:^|\D)(\d{1,3}\.\d{1,3})(?=\D|$)/.exec(fileName ?? '')?.[1]
  return /^v?(\d{1,3}\.\d{1,3})$/.exec(text?.trim() ?? '')?.[1]
}

/** The bundle's domain: as the user says, or as its collection, kill chains, matrices or file name say. */
export function readReleaseDomain(objects: BundleObjects, { domain, fileName }: ReleaseHints): Domain | undefined {
  if (domain) return domain
  const phases = objects.techniques.flatMap((technique) => objectsOf(technique, 'kill_chain_phases'))
  const words = [
    ...objects.collections.map((collection) => textOf(collection, 'name')),
    ...phases.map((phase) => chainDomain(textOf(phase, 'kill_chain_name'))),
    ...objects.matrices.flatMap((matrix) => textsOf(matrix, 'x_mitre_domains')),
    ...objects.matrices.map((matrix) => textOf(matrix, 'name')),
    fileName,
  ]
  for (const word of words) {
    const found = /\b(enterprise|mobile|ics)\b/.exec(word?.toLowerCase() ?? '')?.[1]
    if (found === 'enterprise' || found === 'mobile' || found === 'ics') return found
  }
  return undefined
}

/** The enterprise kill chain is called by ATT&CK's name alone. */
function chainDomain(chain: string | undefined): string | undefined {
  return chain === 'mitre-attack' ? 'enterprise' : chain
}
