import { describeFramework } from '../../frameworks/describe-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import { frameworkByLabel } from '../../frameworks/framework-by-label.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { DocumentFile } from '../../formats/decoded.js'
import { createMappingSet } from '../../model/create-mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { Capability, Group, MappingSet } from '../../model/mapping-set.js'
import { isNonMappable } from './non-mappable.js'
import type { PageContent, PageRow } from './page-content.js'
import type { PageHeading } from './page-heading.js'

/** The framework of rows that neither the page nor the user names; the user may do so later. */
const unknownFramework: Framework = { ...describeFramework(''), id: 'unknown' }

interface Release {
  readonly framework: Framework
  readonly version: string | undefined
  readonly rows: PageRow[]
}

/** One set for each release of a framework whose rows the page prints, in order of appearance. */
export function buildSets(
  page: PageContent, file: DocumentFile, parser: string, known: KnownCapabilities,
): readonly MappingSet[] {
  const releases = groupRows(page)
  const frameworks = new Set(releases.map(({ framework }) => framework.id))
  const pageFramework = page.framework?.id ?? (frameworks.size === 1 ? releases[0]?.framework.id : undefined)
  return releases.map(({ framework, version, rows }) => {
    const isPages = framework.id === pageFramework
    const group = isPages ? readPageGroup(page.heading, framework, known) : undefined
    return createMappingSet({
      framework: { id: framework.id, name: framework.name, ...(version !== undefined && { version }) },
      attack: {
        ...(page.release.domain && { domain: page.release.domain }),
        ...(page.release.attackVersion !== undefined && { version: page.release.attackVersion }),
      },
      groups: [...(group ? [group] : []), ...(isPages ? page.groups.map(({ id, name }) => ({ id, name })) : [])],
      capabilities: isPages ? readCapabilities(page, group) : [],
      mappings: rows.map((row) => buildMapping(row, file.name, group)),
      sources: [{ name: file.name, sha256: file.sha256, parser, rows: rows.length }],
    })
  })
}

/** Rows by their framework and its version; a page of a technique may print several versions. */
function groupRows(page: PageContent): readonly Release[] {
  const releases = new Map<string, Release>()
  for (const row of page.rows) {
    const framework = row.framework ?? unknownFramework
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

/** A group page's group. Such pages print its name alone; the id is that of the known group with this name. */
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
