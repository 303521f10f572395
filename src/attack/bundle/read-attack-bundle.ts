import type { Domain } from '../../model/mapping.js'
import { isRecord } from '../../model/stated.js'
import type { ReleaseFacts } from '../attack-index.js'
import { readTactics, readTechniques } from './read-techniques.js'
import { type BundleObjects, objectsOf, sortObjects, textOf, textsOf } from './stix-object.js'

/** The release of a bundle, or why there is none: a predicate that completes "<file> …". */
type AttackBundleResult =
  /** `skipped`: STIX ids of techniques without an ATT&CK id, a name or a date. */
  | { readonly release: ReleaseFacts; readonly skipped: readonly string[] }
  | { readonly problem: string }

/** Reads an ATT&CK STIX bundle, 2.0 or 2.1, as published by MITRE. `value` is any parsed JSON. */
export function readAttackBundle(value: unknown, hints: ReleaseHints = {}): AttackBundleResult {
  const content = isRecord(value) && value['type'] === 'bundle' ? value['objects'] : undefined
  if (!Array.isArray(content)) return { problem: 'is not a STIX bundle' }
  const objects = sortObjects(content)
  const domain = readReleaseDomain(objects, hints)
  if (!domain) return { problem: 'does not state its ATT&CK domain' }
  const version = readReleaseVersion(objects, hints)
  if (version === undefined) return { problem: 'does not state its ATT&CK release' }
  const tactics = readTactics(objects)
  const { techniques, skipped } = readTechniques(objects, tactics)
  if (techniques.length === 0) return { problem: 'contains no ATT&CK techniques' }
  return { release: { domain, version, tactics, techniques }, skipped }
}

/** Hints about the release of a bundle: options given by the user, and the file name. */
export interface ReleaseHints {
  readonly domain?: Domain
  readonly version?: string
  readonly fileName?: string
}

/** Release of a bundle: from the hints, the `x-mitre-collection` (STIX 2.1 only), or the file name. */
export function readReleaseVersion({ collections }: BundleObjects, { version, fileName }: ReleaseHints): string | undefined {
  const [stated] = collections.flatMap((collection) => textOf(collection, 'x_mitre_version') ?? [])
  const text = version ?? stated ?? /(?:^|\D)(\d{1,3}\.\d{1,3})(?=\D|$)/.exec(fileName ?? '')?.[1]
  return /^v?(\d{1,3}\.\d{1,3})$/.exec(text?.trim() ?? '')?.[1]
}

/** Domain of a bundle: from the hints, or its collection, kill chains, matrices or file name, in this order. */
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

/** Domain named by a kill chain. Enterprise has plain "mitre-attack"; others are "mitre-mobile-attack", "mitre-ics-attack". */
function chainDomain(chain: string | undefined): string | undefined {
  return chain === 'mitre-attack' ? 'enterprise' : chain
}
