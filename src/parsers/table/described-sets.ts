import type { DocumentFile } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/describe-framework.js'
import { createMappingSet } from '../../model/create-mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { MappingSet } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import type { SetFacts } from './set-facts.js'
import type { TableRow } from './table-row.js'

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
