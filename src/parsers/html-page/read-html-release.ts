import { describeFramework, frameworkByLabel } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import type { Domain } from '../../model/mapping.js'
import { readDomain } from '../../model/vocabulary.js'
import type { PageRow } from '../page/page-content.js'
import { type PageRelease, readPageRelease } from '../page/page-release.js'
import { type HtmlTable, readRowCells } from './find-html-tables.js'
import type { OutlineItem } from './read-outline.js'

/**
 * The releases of a page: as its badges or its lines say above the first table; else as all links to techniques do; else as
 * those to capabilities do, or the address that it was saved from. Early pages link to capabilities of another domain.
 */
export function readHtmlRelease(
  outline: readonly OutlineItem[], tables: readonly HtmlTable[], savedFrom: string | undefined,
): PageRelease {
  const printed = readPageRelease(linesAboveTables(outline))
  if (printed.attackVersion !== undefined && printed.domain) return printed
  const linked = [agree(tables, 'technique-id'), readPageLink(savedFrom), agree(tables, 'capability-id')]
  const attackVersion = printed.attackVersion ?? linked.find((link) => link?.attackVersion)?.attackVersion
  const domain = printed.domain ?? linked.find((link) => link?.domain)?.domain
  return { ...printed, ...(attackVersion !== undefined && { attackVersion }), ...(domain && { domain }) }
}

function linesAboveTables(outline: readonly OutlineItem[]): readonly string[] {
  const first = outline.findIndex(({ kind }) => kind === 'table')
  return outline.slice(0, first < 0 ? outline.length : first).flatMap((item) => (item.kind === 'line' ? item.text : []))
}

/** What all links in a column tell; a release that not all of them tell is left out. */
function agree(tables: readonly HtmlTable[], column: 'technique-id' | 'capability-id'): Partial<PageLink> | undefined {
  const links = tables.flatMap((table) => table.rows.flatMap((row) => readPageLink(readRowCells(table, row).link(column)) ?? []))
  const versions = new Set(links.map(({ attackVersion }) => attackVersion))
  const domains = new Set(links.map(({ domain }) => domain))
  const [attackVersion] = versions
  const [domain] = domains
  return {
    ...(versions.size === 1 && attackVersion !== undefined && { attackVersion }),
    ...(domains.size === 1 && domain && { domain }),
  }
}

/** Gives rows without a link the version of their framework, where all the other rows of that framework agree on one. */
export function fillVersions(rows: readonly PageRow[]): readonly PageRow[] {
  const versions = new Map<string, Set<string>>()
  for (const { framework, frameworkVersion } of rows) {
    if (!framework || frameworkVersion === undefined) continue
    versions.set(framework.id, (versions.get(framework.id) ?? new Set()).add(frameworkVersion))
  }
  return rows.map((row) => {
    const known = row.framework && row.frameworkVersion === undefined ? versions.get(row.framework.id) : undefined
    const [version] = known ?? []
    return known?.size === 1 && version !== undefined ? { ...row, frameworkVersion: version } : row
  })
}

/** What the address of a page of the Mappings Explorer tells. */
interface PageLink {
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
