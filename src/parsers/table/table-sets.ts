import { describeFramework } from '../../frameworks/describe-framework.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import { tellFrameworks } from '../../frameworks/tell-frameworks.js'
import type { DocumentFile } from '../../formats/decoded.js'
import { createMappingSet } from '../../model/create-mapping-set.js'
import type { Mapping, Person } from '../../model/mapping.js'
import type { MappingSet, Relation } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import { unknownFramework } from '../../model/unknown-framework.js'
import type { ParseContext } from '../parser.js'
import type { TableFacts } from './table-facts.js'
import type { TableRow } from './table-row.js'

/** Rows of one framework release and one ATT&CK release. */
interface RowGroup {
  readonly framework: string | undefined
  readonly rows: TableRow[]
}

/** Sorts rows into sets: one for each framework, its version, ATT&CK version and domain, in order of appearance. */
export function buildTableSets(
  rows: readonly TableRow[], facts: TableFacts, relations: readonly Relation[], file: DocumentFile, parser: string,
  context: ParseContext, known: KnownCapabilities,
): readonly MappingSet[] {
  const groups = groupRows(rows, facts, context, known)
  return groups.map(({ framework, rows: own }) => {
    const [first] = own
    const { about, mappings } = shareAuthors(own, facts)
    const described = framework === undefined ? { id: unknownFramework, name: 'Unknown' } : describeFramework(framework)
    if (framework === undefined && context.statements.framework === undefined) {
      context.report('parse/unknown-framework', { ...stated({ origin: mappings[0]?.origins[0] }), count: own.length })
    }
    const used = new Set(mappings.map(({ relation }) => relation))
    return createMappingSet({
      framework: {
        id: described.id,
        name: described.name,
        ...stated({ version: first?.frameworkVersion ?? facts.frameworkVersion }),
      },
      attack: stated({ domain: first?.domain ?? facts.domain, version: first?.attackVersion ?? facts.attackVersion }),
      about,
      relations: relations.filter(({ id }) => used.has(id)),
      capabilities: describedCapabilities(own),
      mappings,
      sources: [{ name: file.name, sha256: file.sha256, parser, rows: mappings.length }],
    })
  })
}

function groupRows(
  rows: readonly TableRow[], facts: TableFacts, { statements }: ParseContext, known: KnownCapabilities,
): readonly RowGroup[] {
  const untold = rows.filter(({ framework }) => framework === undefined && facts.framework === undefined)
  // What the user states needs no telling, and a guess would only contradict it.
  const ids = new Set(statements.framework === undefined ? untold.flatMap(capabilityIds) : [])
  const tell = tellFrameworks(ids, known)
  const groups = new Map<string, RowGroup>()
  let last: string | undefined
  for (const row of rows) {
    const written = row.framework ?? facts.framework
    // A technique that maps to nothing tells no framework: it goes with the rows before it.
    const [id] = capabilityIds(row)
    const framework = written === undefined ? (id === undefined ? last : tell(id)) : describeFramework(written).id
    last = framework
    const key = JSON.stringify([framework, row.frameworkVersion, row.attackVersion, row.domain])
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { framework: written === undefined ? framework : written, rows: [row] })
  }
  return [...groups.values()]
}

function capabilityIds({ mappings }: TableRow): readonly string[] {
  return mappings.flatMap((mapping) => (mapping.kind === 'unmapped-technique' ? [] : [mapping.capability.id]))
}

/** Authors that all rows share are the set's; others stay with their rows. Dates belong to the set: the first counts. */
function shareAuthors(rows: readonly TableRow[], facts: TableFacts): Pick<MappingSet, 'about' | 'mappings'> {
  const shared = JSON.stringify(rows[0]?.person ?? {})
  const isShared = rows.every(({ person }) => JSON.stringify(person ?? {}) === shared)
  const fromFacts: Person = stated({ name: facts.author, contact: facts.contact, organization: facts.organization })
  return {
    about: {
      ...fromFacts,
      ...(isShared ? rows[0]?.person : undefined),
      ...stated({
        created: rows.find(({ created }) => created !== undefined)?.created ?? facts.created,
        modified: rows.find(({ modified }) => modified !== undefined)?.modified ?? facts.modified,
        mappingVersion: rows.find(({ mappingVersion }) => mappingVersion !== undefined)?.mappingVersion ?? facts.mappingVersion,
      }),
    },
    mappings: rows.flatMap(({ mappings, person }): readonly Mapping[] => {
      if (isShared || !person) return mappings
      return mappings.map((mapping) => ({ ...mapping, author: person }))
    }),
  }
}

/** The longer texts that rows give beside their capabilities' names. */
function describedCapabilities(rows: readonly TableRow[]) {
  const texts = new Map<string, string>()
  const names = new Map<string, string>()
  for (const { mappings, text } of rows) {
    for (const mapping of mappings) {
      if (mapping.kind === 'unmapped-technique') continue
      const { id, description } = mapping.capability
      if (text !== undefined && !texts.has(id)) texts.set(id, text)
      if (description !== undefined && !names.has(id)) names.set(id, description)
    }
  }
  return Array.from(texts, ([id, description]) => ({ id, description, ...stated({ name: names.get(id) }) }))
}
