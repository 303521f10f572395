import { describeFramework, frameworkByLabel } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import type { Domain } from '../../model/mapping.js'
import { readDomain } from '../../model/vocabulary.js'
import type { PageRow } from '../page/page-content.js'
import { type PageRelease, readPageRelease } from '../page/page-release.js'
import { type HtmlTable, readRowCells } from './find-html-tables.js'
import type { OutlineItem } from './read-outline.js'

/**
 * The releases of a page, each from the first source that states it: badges and lines above the first table; the links to
 * techniques, if all agree; the URL that the page was saved from; the links to capabilities, if all agree. The latter come last
 * because early pages link to capabilities of another domain.
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

/** Version and domain on which all links in a column agree; each is absent if they differ. */
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

/** Fills in the framework version of rows without a link, if all other rows of that framework agree on one. */
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

/** Facts in the URL of a Mappings Explorer page. */
interface PageLink {
  readonly attackVersion: string
  readonly domain?: Domain
  /** Framework as named in URLs: "nist", "intel-vpro". */
  readonly slug?: string
  readonly frameworkVersion?: string
}

/** Maximum length of a URL, in characters. */
const LONGEST = 2000

/**
 * Reads a URL: `…/external/nist/attack-14.1/domain-enterprise/nist-rev5/AC-2/`,
 * `…/attack/attack-14.1/domain-enterprise/techniques/T1078/`. It may begin with a line break, as on framework pages.
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

/** The framework with this name in URLs; undefined if unknown. */
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
