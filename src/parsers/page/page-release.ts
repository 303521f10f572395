import { frameworkByLabel } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { KnownCapability } from '../../frameworks/known-capabilities.js'
import type { Domain, TechniqueRef } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'

/**
 * A page heading by kind: "T1190 Exploit Public-Facing Application Mappings", "TA0002 Execution", "AWS aws_rds",
 * "NIST 800-53 Contingency Planning Capability Group", "CVE MAPPINGS". `unknown`: the heading names no known framework, or the
 * page has none.
 */
export type PageHeading =
  | { readonly kind: 'technique', readonly technique: TechniqueRef }
  | { readonly kind: 'tactic' }
  | { readonly kind: 'capability', readonly framework: Framework, readonly capability: string }
  | { readonly kind: 'group', readonly framework: Framework, readonly group: string }
  | { readonly kind: 'landing', readonly framework: Framework }
  | { readonly kind: 'unknown', readonly text: string, readonly isGroup: boolean }

const TECHNIQUE = /^T\d{4}(?:\.\d{3})?(?![^ ])/
const TACTIC = /^TA\d{4}(?![^ ])/
const GROUP_ENDING = / Capability Group$/i
const MAPPINGS_ENDING = /(?:^| )Mappings$/i

/** Reads a page heading. `more`: unknown frameworks that the page names elsewhere. */
export function readPageHeading(text: string, more: readonly Framework[] = []): PageHeading {
  const [technique] = TECHNIQUE.exec(text) ?? []
  const bare = text.replace(MAPPINGS_ENDING, '')
  if (technique !== undefined) {
    const name = bare.slice(technique.length).trim()
    return { kind: 'technique', technique: { id: technique, ...(name !== '' && { name }) } }
  }
  if (TACTIC.test(text)) return { kind: 'tactic' }
  const isGroup = GROUP_ENDING.test(text)
  const subject = bare.replace(GROUP_ENDING, '')
  const found = leadingFramework(subject, more)
  if (!found) return { kind: 'unknown', text: subject, isGroup }
  const { framework, rest } = found
  if (isGroup) return { kind: 'group', framework, group: rest }
  return rest === '' ? { kind: 'landing', framework } : { kind: 'capability', framework, capability: rest }
}

/** Maximum number of words in a framework label. */
const MOST_WORDS = 6

/** The framework whose label begins the text (the longest label wins), and the text after the label. */
function leadingFramework(text: string, more: readonly Framework[]): { framework: Framework, rest: string } | undefined {
  const words = text.split(' ')
  for (let count = Math.min(words.length, MOST_WORDS); count > 0; count -= 1) {
    const label = words.slice(0, count).join(' ')
    const framework = frameworkByLabel(label) ?? more.find((candidate) => candidate.labels.includes(label))
    if (framework) return { framework, rest: words.slice(count).join(' ') }
  }
  return undefined
}

/** Of the known capabilities with one id, the one whose framework comes first in `frameworks`. */
export function firstOwner(owners: readonly KnownCapability[]): { framework: Framework, name?: string } | undefined {
  for (const framework of frameworks) {
    const owner = owners.find((candidate) => candidate.framework === framework.id)
    if (owner) return { framework, ...(owner.name !== undefined && { name: owner.name }) }
  }
  return undefined
}

/** Releases printed on a page: in badges, navigation or a list of versions. */
export interface PageRelease {
  readonly attackVersion?: string
  readonly domain?: Domain
  /** Framework named by the release line or a badge, as printed. */
  readonly frameworkLabel?: string
  readonly frameworkVersion?: string
}

/**
 * Reads the releases from a page's lines. A list of several versions is ignored: it names the available versions, not the one
 * that the page shows.
 */
export function readPageRelease(lines: Iterable<string>): PageRelease {
  const found: PageRelease[] = []
  let inBadges = false
  for (const line of lines) {
    const badge = readAttackBadge(line)
    const stated = badge ?? readViewing(line) ?? readVersions(line) ?? (inBadges ? readFrameworkBadge(line) : undefined)
    if (stated) found.push(stated)
    inBadges = badge !== undefined || (inBadges && line !== '' && line !== 'Change Versions')
  }
  const attackVersion = found.find((release) => release.attackVersion)?.attackVersion
  const domain = found.find((release) => release.domain)?.domain
  const framework = found.find((release) => release.frameworkVersion) ?? found.find((release) => release.frameworkLabel)
  return {
    ...(attackVersion !== undefined && { attackVersion }),
    ...(domain && { domain }),
    ...(framework?.frameworkLabel !== undefined && { frameworkLabel: framework.frameworkLabel }),
    ...(framework?.frameworkVersion !== undefined && { frameworkVersion: framework.frameworkVersion }),
  }
}

/** "You're currently viewing ATT&CK Version 9.0 Enterprise and AWS 09.21.2021. Change versions here." */
function readViewing(line: string): PageRelease | undefined {
  const start = line.indexOf('currently viewing ATT&CK Version ')
  if (start < 0 || line.length > 300) return undefined
  const [attackVersion, domain, and, ...rest] = line.slice(start + 'currently viewing ATT&CK Version '.length)
    .replace(/ Change versions here\.?$/, '').replace(/\.$/, '').split(' ')
  const frameworkVersion = and === 'and' && rest.length > 1 ? rest.at(-1) : undefined
  return {
    ...(attackVersion && { attackVersion }),
    ...readDomain(domain ?? ''),
    ...(frameworkVersion && { frameworkLabel: rest.slice(0, -1).join(' '), frameworkVersion }),
  }
}

/** "CRI Profile Versions: v2.1 ATT&CK Versions: 16.1 ATT&CK Domain: Enterprise" */
function readVersions(line: string): PageRelease | undefined {
  const attackAt = line.indexOf('ATT&CK Versions: ')
  const domainAt = line.indexOf(' ATT&CK Domain: ')
  if (attackAt < 0 || domainAt < attackAt || line.length > 500) return undefined
  const [label, versions] = line.slice(0, attackAt).split(' Versions: ')
  const attackVersion = line.slice(attackAt + 'ATT&CK Versions: '.length, domainAt).trim()
  return {
    ...(isSingle(attackVersion) && { attackVersion }),
    ...readDomain(line.slice(domainAt + ' ATT&CK Domain: '.length).trim()),
    ...(label && versions && { frameworkLabel: label.trim(), ...(isSingle(versions) && { frameworkVersion: versions.trim() }) }),
  }
}

/** "ATT&CK Version16.1", "ATT&CK DomainEnterprise" */
function readAttackBadge(line: string): PageRelease | undefined {
  const version = /^ATT&CK Version ?(\d[\d.]*)$/.exec(line)?.[1]
  if (version !== undefined) return { attackVersion: version }
  const domain = /^ATT&CK Domain ?([A-Za-z]+)$/.exec(line)?.[1]
  return domain === undefined ? undefined : readDomain(domain)
}

/** "AWS09.21.2021": a label directly followed by its version. */
function readFrameworkBadge(line: string): PageRelease | undefined {
  if (line === '' || line.length > 80 || line === 'Change Versions') return undefined
  for (const label of frameworks.flatMap((framework) => framework.labels)) {
    const version = line.startsWith(label) ? line.slice(label.length).trim() : ''
    if (/^[a-z]{0,3}\d[\w.]*$/.test(version)) return { frameworkLabel: label, frameworkVersion: version }
  }
  return undefined
}

/** Only the plain names count: longer text after "ATT&CK Domain:" is not a domain. */
function readDomain(text: string): { domain?: Domain } {
  const domain = attackDomains.find((known) => known === text.toLowerCase())
  return domain ? { domain } : {}
}

function isSingle(versions: string): boolean {
  return versions.trim() !== '' && !versions.includes(',')
}
