import { describeFramework } from '../../frameworks/describe-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import { frameworkByLabel } from '../../frameworks/framework-by-label.js'
import type { Domain } from '../../model/mapping.js'
import { readDomain } from '../../model/read-domain.js'

/** What the address of a page of the Mappings Explorer tells. */
export interface PageLink {
  readonly attackVersion: string
  readonly domain?: Domain
  /** The framework as addresses name it: "nist", "intel-vpro". */
  readonly slug?: string
  readonly frameworkVersion?: string
}

/** No address is longer. */
const LONGEST = 2000

/**
 * Reads an address: `…/external/nist/attack-14.1/domain-enterprise/nist-rev5/AC-2/`,
 * `…/attack/attack-14.1/domain-enterprise/techniques/T1078/`. It may begin with a line end, as those of framework pages do.
 */
export function readPageLink(address: string | undefined): PageLink | undefined {
  if (address === undefined || address.length > LONGEST) return undefined
  const segments = address.trim().split('/')
  const at = segments.findIndex((segment) => segment.startsWith('attack-'))
  const domain = segments[at + 1]
  if (at < 1 || domain === undefined || !domain.startsWith('domain-')) return undefined
  const attackVersion = segments[at]?.slice('attack-'.length) ?? ''
  if (!/^\d[\d.]{0,8}$/.test(attackVersion)) return undefined
  const slug = segments[at - 2] === 'external' ? segments[at - 1] : undefined
  const release = segments[at + 2] ?? ''
  const known = readDomain(domain.slice('domain-'.length))
  return {
    attackVersion,
    ...(known && { domain: known }),
    ...(slug !== undefined && { slug }),
    ...(slug !== undefined && release.length > slug.length + 1 && release.startsWith(`${slug}-`) && {
      frameworkVersion: decode(release.slice(slug.length + 1)),
    }),
  }
}

/** The framework that addresses name so, where it is known. */
export function frameworkBySlug(slug: string): Framework | undefined {
  return slug === 'nist' ? describeFramework('nist_800_53') : frameworkByLabel(slug)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
