import { readPageRelease, type PageRelease } from '../page/page-release.js'
import type { HtmlTable } from './find-html-tables.js'
import type { OutlineItem } from './read-outline.js'
import { readPageLink, type PageLink } from './read-page-link.js'
import { readRowCells } from './read-row-cells.js'

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
