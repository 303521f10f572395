import type { Report } from '../../diagnostics/diagnostic.js'
import type { DocumentFile } from '../../formats/decoded.js'
import { describeFramework, frameworkByLabel } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import { type Capability, createMappingSet, type Group, type MappingSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { isNonMappable } from '../../model/vocabulary.js'
import type { PageContent, PageRow } from './page-content.js'
import type { PageHeading } from './page-release.js'

/** Framework of rows for which neither the page nor the user names one. */
const unnamedFramework: Framework = describeFramework('')

interface Release {
  readonly framework: Framework
  readonly version: string | undefined
  readonly rows: PageRow[]
}

/** Builds one mapping set per framework release on the page, in order of first appearance. */
export function buildSets(
  page: PageContent, file: DocumentFile, parser: string, known: KnownCapabilities,
): readonly MappingSet[] {
  const releases = groupRows(page)
  const frameworks = new Set(releases.map(({ framework }) => framework.id))
  const pageFramework = page.framework?.id ?? (frameworks.size === 1 ? releases[0]?.framework.id : undefined)
  return releases.map(({ framework, version, rows }) => {
    const isPageFramework = framework.id === pageFramework
    const group = isPageFramework ? readPageGroup(page.heading, framework, known) : undefined
    return createMappingSet({
      framework: { id: framework.id, name: framework.name, ...(version !== undefined && { version }) },
      attack: {
        ...(page.release.domain && { domain: page.release.domain }),
        ...(page.release.attackVersion !== undefined && { version: page.release.attackVersion }),
      },
      groups: [...(group ? [group] : []), ...(isPageFramework ? page.groups.map(({ id, name }) => ({ id, name })) : [])],
      capabilities: isPageFramework ? readCapabilities(page, group) : [],
      mappings: rows.map((row) => buildMapping(row, file.name, group)),
      sources: [{ name: file.name, sha256: file.sha256, parser, rows: rows.length }],
    })
  })
}

/** Groups rows by framework and version; a technique page may list several versions of one framework. */
function groupRows(page: PageContent): readonly Release[] {
  const releases = new Map<string, Release>()
  for (const row of page.rows) {
    const framework = row.framework ?? unnamedFramework
    const version = row.frameworkVersion ?? readVersion(page, framework)
    const key = JSON.stringify([framework.id, version])
    const release = releases.get(key)
    if (release) release.rows.push(row)
    else releases.set(key, { framework, version, rows: [row] })
  }
  return [...releases.values()]
}

function readCapabilities({ capabilities }: PageContent, group: Group | undefined): Omit<Capability, 'description'>[] {
  return capabilities.flatMap(({ id, name }) => (
    id === undefined ? [] : [{ id, ...(name !== undefined && { name }), groups: group ? [group.id] : [] }]
  ))
}

/** The group of a group page. The page prints only the name; the id comes from the known group of that name, else it is the name. */
function readPageGroup(heading: PageHeading, framework: Framework, known: KnownCapabilities): Group | undefined {
  if (heading.kind !== 'group' || heading.group === '') return undefined
  return known.group(framework.id, heading.group) ?? { id: heading.group, name: heading.group }
}

function readVersion(page: PageContent, framework: Framework): string | undefined {
  const { frameworkLabel, frameworkVersion } = page.release
  if (frameworkLabel === undefined) return undefined
  const named = frameworkByLabel(frameworkLabel) ?? describeFramework(frameworkLabel)
  return named.id === framework.id ? frameworkVersion : undefined
}

function buildMapping(row: PageRow, document: string, group: Group | undefined): Mapping {
  const { place, capability, technique, relation, category, value, comments, references } = row
  const isUnmappable = row.unmappable === true || (technique === undefined && isNonMappable(relation))
  const fields = {
    origins: [{ document, place }],
    ...(relation !== undefined && { relation }),
    ...(group && { group: group.id }),
    ...((category !== undefined || value !== undefined) && {
      score: { ...(category !== undefined && { category }), ...(value !== undefined && { value }) },
    }),
    ...(comments !== undefined && { comments }),
    ...(references !== undefined && { references }),
  }
  if (technique) return { kind: 'mapped', capability, technique, ...fields }
  return { kind: 'unmapped-capability', capability, ...fields, ...(isUnmappable && { status: 'non_mappable' }) }
}

/** Hint for a table that a script has split into pages. */
const pagedHint = 'Save the page as "Webpage, HTML only": that file contains all rows, before scripts split the table into pages.'

/** Reports missing rows: by the page's own notices, by the counts in its lists, or because it contains no mappings at all. */
export function checkPage(page: PageContent, file: DocumentFile, report: Report): void {
  const whole = { origin: { document: file.name, place: { kind: 'file' } } } as const
  for (const { of, shown, total, place } of page.notices) {
    const origin = { document: file.name, place }
    report('parse/rows-missing', { origin, found: `${shown} of ${total} rows`, ...(of === 'table' && { hint: pagedHint }) })
  }
  if (page.rows.length === 0) {
    const isList = page.tables.length > 0 && !page.tables.includes('mappings')
    report(isList ? 'parse/only-lists' : 'parse/no-mappings', whole)
    return
  }
  const announced = countAnnounced(page)
  const mapped = page.rows.filter((row) => !row.unmappable).length
  if (announced !== undefined && announced !== mapped && announced !== page.rows.length) {
    report('parse/count-differs', { ...whole, found: `${mapped} rows`, expected: `${announced} rows` })
  }
}

/**
 * Number of rows that the page should contain: the number shown according to its notice, else the sum over its list of groups
 * or capabilities. Undefined if a table shows only some of its rows, so that neither applies.
 */
function countAnnounced({ notices, groups, capabilities }: PageContent): number | undefined {
  if (notices.some((notice) => notice.of === 'table')) return undefined
  if (notices[0]) return notices[0].shown
  const listed = groups.length > 0 ? groups : capabilities
  if (listed.length === 0 || listed.some(({ rows }) => rows === undefined)) return undefined
  return listed.reduce((sum, { rows }) => sum + (rows ?? 0), 0)
}
