import type { DocumentFile } from '../../formats/decoded.js'
import { describeFramework, frameworkByLabel } from '../../frameworks/find-framework.js'
import {
  type About, type AttackRelease, type Capability, createMappingSet, type FrameworkRelease, type Group, type MappingSet, type Relation,
} from '../../model/mapping-set.js'
import type { Mapping, Person, RowRelease } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { TableRow } from './read-row.js'

/** Data of a set that is not in its rows: Crosswalk writes it to the metadata file of a CSV table and to a workbook's Read me sheet. */
export interface SetFacts {
  readonly framework: FrameworkRelease
  readonly attack: AttackRelease
  readonly about: About
  readonly relations: readonly Relation[]
  readonly groups: readonly Group[]
  /** Capabilities with data that is not in the rows. */
  readonly capabilities: readonly Capability[]
  /** Data of single rows that has no column, by row id. */
  readonly details: ReadonlyMap<string, RowFacts>
}

/** Data of a row that has no column. */
export interface RowFacts {
  readonly author?: Person
  readonly release?: RowRelease
}

/** Joins rows with the descriptions of their sets, by row id or by release. `rest` are the rows without a description. */
export function buildDescribedSets(
  rows: readonly TableRow[], described: readonly SetFacts[], file: DocumentFile, parser: string,
): { readonly sets: readonly MappingSet[]; readonly rest: readonly TableRow[] } {
  const owners = new Map(described.flatMap((facts) => Array.from(facts.details.keys(), (id) => [id, facts] as const)))
  const byRelease = new Map(described.map((facts) => {
    const { framework, attack } = facts
    return [releaseKey(framework.id, framework.version, attack.version, attack.domain), facts]
  }))
  const members = new Map<SetFacts, TableRow[]>(described.map((facts) => [facts, []]))
  const rest: TableRow[] = []
  for (const row of rows) {
    const { framework: written, frameworkVersion, attackVersion, domain } = row.facts
    const framework = written === undefined ? undefined : describeFramework(written).id
    const facts = (row.id === undefined ? undefined : owners.get(row.id))
      ?? byRelease.get(releaseKey(framework, frameworkVersion, attackVersion, domain))
    const own = facts && members.get(facts)
    if (own) own.push(row)
    else rest.push(row)
  }
  const sets = Array.from(members, ([facts, own]) => {
    const relationId = idByLabel(facts.relations)
    const groupId = idByLabel(facts.groups)
    const mappings = own.flatMap((row) => row.mappings.map((mapping): Mapping => ({
      ...mapping,
      ...stated({ relation: relationId(mapping.relation), group: groupId(mapping.group) }),
      ...(row.id === undefined ? undefined : facts.details.get(row.id)),
    })))
    const sources = [{ name: file.name, sha256: file.sha256, parser, rows: mappings.length }]
    return createMappingSet({ ...facts, mappings, sources })
  })
  return { sets, rest }
}

function releaseKey(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts)
}

/** Maps a label in a cell back to an id. Cells print names, and ids where several entries have the same name. */
function idByLabel(
  entries: readonly { readonly id: string; readonly name: string }[],
): (label: string | undefined) => string | undefined {
  const ids = new Set(entries.map(({ id }) => id))
  const byName = new Map<string, string | undefined>()
  for (const { id, name } of entries) byName.set(name, byName.has(name) ? undefined : id)
  return (label) => (label === undefined || ids.has(label) ? label : (byName.get(label) ?? label))
}

/** Words after a framework's name in the title of a column. */
const endings = /\s(?:ids?|identifiers?|numbers?|controls?|capabilit(?:y|ies)|services?|paths?|enumerations?|statements?|mappings?)$/i

/**
 * The id of the framework that the title of a column of capabilities names ("NIST 800-53 Control ID", "VERIS path"), or else the name
 * of its sheet ("AWS"). CVE is none: the ids of such a column may be those of known exploited vulnerabilities, and show it.
 */
export function frameworkNamed(title: string, sheet: string): string | undefined {
  let label = title.slice(0, 100).trim()
  for (let words = 0; words < 4 && frameworkByLabel(label) === undefined; words += 1) label = label.replace(endings, '')
  const found = frameworkByLabel(label) ?? frameworkByLabel(sheet.trim())
  return found?.id === 'cve' ? undefined : found?.id
}
