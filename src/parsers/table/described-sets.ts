import type { DocumentFile } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import {
  type About, type AttackRelease, type Capability, createMappingSet, type FrameworkRelease, type Group, type MappingSet, type Relation,
} from '../../model/mapping-set.js'
import type { Mapping, Person, RowRelease } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { TableRow } from './read-row.js'

/** What belongs to a set and stands in no row: our tables carry it in their metadata file, our workbooks on the sheet Read me. */
export interface SetFacts {
  readonly framework: FrameworkRelease
  readonly attack: AttackRelease
  readonly about: About
  readonly relations: readonly Relation[]
  readonly groups: readonly Group[]
  /** Those of which the rows do not tell everything. */
  readonly capabilities: readonly Capability[]
  /** What single rows say beside their cells, by their ids. */
  readonly details: ReadonlyMap<string, RowFacts>
}

/** What a row says beside its cells. */
export interface RowFacts {
  readonly author?: Person
  readonly release?: RowRelease
}

/** Rows and what is described of their sets, joined: the sets, and the rows that no description fits. */
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
    const framework = row.framework === undefined ? undefined : describeFramework(row.framework).id
    const facts = (row.id === undefined ? undefined : owners.get(row.id))
      ?? byRelease.get(releaseKey(framework, row.frameworkVersion, row.attackVersion, row.domain))
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

/** Cells print names, and ids where a name would not tell one entry from another: the way back. */
function idByLabel(
  entries: readonly { readonly id: string; readonly name: string }[],
): (label: string | undefined) => string | undefined {
  const ids = new Set(entries.map(({ id }) => id))
  const byName = new Map<string, string | undefined>()
  for (const { id, name } of entries) byName.set(name, byName.has(name) ? undefined : id)
  return (label) => (label === undefined || ids.has(label) ? label : (byName.get(label) ?? label))
}
