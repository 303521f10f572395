import { attackDomains } from './attack-domains.js'
import type { AttackReleaseView } from './attack-index.js'
import type { AttackRelease } from './attack-release.js'
import { compileAttackIndex } from './compile-attack-index.js'
import { createAttackIndex } from './create-attack-index.js'
import type { AttackDomainData, AttackIndexData } from './index-data.js'
import { isStixObject } from './bundle/stix-object.js'

/** A release that a user added, and where it came from: a path or an address. */
export interface StoredRelease {
  readonly from: string
  readonly release: AttackReleaseView
}

/** Writes one release in the form of the shipped index, with its provenance: some 130 kB for Enterprise. Ends in a line feed. */
export function renderStoredRelease(release: AttackRelease, from: string): string {
  return `${JSON.stringify({ from, ...compileAttackIndex([release]) }, undefined, 1)}\n`
}

/** Reads what `renderStoredRelease` wrote; undefined when the text is something else, or damaged. */
export function parseStoredRelease(text: string): StoredRelease | undefined {
  const value = parseJson(text)
  if (!isStixObject(value) || typeof value['from'] !== 'string' || !isIndexData(value)) return undefined
  const index = createAttackIndex(value)
  const releases = attackDomains.flatMap((domain) => index.versions(domain).map((version) => index.release(domain, version)))
  const [release] = releases
  return release && releases.length === 1 ? { from: value['from'], release } : undefined
}

function isIndexData(value: object): value is AttackIndexData {
  return 'format' in value && value.format === 1
    && attackDomains.every((domain) => isDomainData(Object.entries(value).find(([key]) => key === domain)?.[1]))
}

function isDomainData(value: unknown): value is AttackDomainData {
  if (!isStixObject(value) || typeof value['matrix'] !== 'string') return false
  const { releases } = value
  return [releases, value['tactics'], value['techniques']].every(isTextList)
    && Array.isArray(releases) && releases.every((version) => /^\d{1,3}\.\d{1,3}$/.test(String(version)))
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
