import type { Report } from '../../diagnostics/diagnostic.js'
import type { DocumentFile, TableSheet } from '../../formats/decoded.js'
import { type Detection, detectFrameworks } from '../../frameworks/detect-frameworks.js'
import { describeFramework, frameworkByLabel } from '../../frameworks/find-framework.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import { createMappingSet, type MappingSet, type Relation, unknownFramework } from '../../model/mapping-set.js'
import type { Domain, Mapping, Person } from '../../model/mapping.js'
import { readDate, stated } from '../../model/stated.js'
import { shortenText } from '../../model/text.js'
import { readDomain } from '../../model/vocabulary.js'
import type { ParseContext } from '../parser.js'
import { reportGuesses, reportUnknownFramework } from '../reading/file-reader.js'
import { meaningOf } from './column-roles.js'
import { readAttackVersion, type TableRow } from './read-row.js'

/** Builds one set per framework, framework version, ATT&CK version and domain, in order of appearance. */
export function buildTableSets(
  rows: readonly TableRow[], facts: TableFacts, relations: readonly Relation[], file: DocumentFile, parser: string,
  context: ParseContext, known: KnownCapabilities,
): readonly MappingSet[] {
  const { groups, detection } = groupRows(rows, facts, context, known)
  reportFrameworks(groups, detection, context)
  return groups.map(({ framework, rows: own }) => {
    const first = own[0]?.facts
    const { about, mappings } = shareAuthors(own, facts)
    const described = framework === undefined ? unknownFramework : describeFramework(framework)
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
      capabilities: describedCapabilities(own, context.report),
      mappings,
      sources: [{ name: file.name, sha256: file.sha256, parser, rows: mappings.length }],
    })
  })
}

/** Rows of one framework release and one ATT&CK release. */
interface RowGroup {
  readonly framework: string | undefined
  readonly rows: TableRow[]
}

/** Reports, once for the table, frameworks that were detected and rows whose framework is unknown. */
function reportFrameworks(groups: readonly RowGroup[], detection: Detection, { statements, report }: ParseContext): void {
  if (statements.framework !== undefined) return
  const originOf = (group: RowGroup | undefined) => group?.rows[0]?.mappings[0]?.origins[0]
  reportGuesses(detection, (id) => originOf(groups.find(({ framework }) => framework !== undefined && describeFramework(framework).id === id)), report)
  const unknown = groups.filter(({ framework }) => framework === undefined)
  const count = unknown.reduce((sum, group) => sum + group.rows.length, 0)
  if (count > 0) reportUnknownFramework(count, detection, originOf(unknown[0]), report)
}

function groupRows(
  rows: readonly TableRow[], facts: TableFacts, { statements }: ParseContext, known: KnownCapabilities,
): { readonly groups: readonly RowGroup[]; readonly detection: Detection } {
  const unnamed = rows.filter((row) => frameworkOf(row, facts) === undefined)
  // Detection is skipped if the user states the framework: its result could only conflict with the statement.
  const ids = new Set(statements.framework === undefined ? unnamed.flatMap(capabilityIds) : [])
  const detection = detectFrameworks(ids, known)
  const groups = new Map<string, RowGroup>()
  let last: string | undefined
  for (const row of rows) {
    const { frameworkVersion, attackVersion, domain } = row.facts
    const written = frameworkOf(row, facts)
    for (const [framework, mappings] of byFramework(row)) {
      const key = JSON.stringify([framework, frameworkVersion, attackVersion, domain])
      const group = groups.get(key)
      const own = mappings.length === row.mappings.length ? row : { ...row, mappings }
      if (group) group.rows.push(own)
      else groups.set(key, { framework: written === undefined ? framework : written, rows: [own] })
    }
  }
  return { groups: [...groups.values()], detection }

  /** The mappings of a row by framework: a cell may list capabilities of several. One without a capability joins those before it. */
  function byFramework(row: TableRow): ReadonlyMap<string | undefined, readonly Mapping[]> {
    const written = frameworkOf(row, facts)
    if (written !== undefined) {
      last = describeFramework(written).id
      return new Map([[last, row.mappings]])
    }
    const parts = new Map<string | undefined, Mapping[]>()
    for (const mapping of row.mappings) {
      if (mapping.kind !== 'unmapped-technique') last = detection.frameworkOf(mapping.capability.id)
      const part = parts.get(last)
      if (part) part.push(mapping)
      else parts.set(last, [mapping])
    }
    return parts
  }
}

/** The framework that the row, the table or its titles state, as written. */
function frameworkOf({ facts: { framework, named } }: TableRow, facts: TableFacts): string | undefined {
  return framework ?? facts.framework ?? named
}

function capabilityIds({ mappings }: TableRow): readonly string[] {
  return mappings.flatMap((mapping) => (mapping.kind === 'unmapped-technique' ? [] : [mapping.capability.id]))
}

/** An author that all rows share becomes the set's; others stay with their rows. The first dates and mapping version are the set's. */
function shareAuthors(rows: readonly TableRow[], facts: TableFacts): Pick<MappingSet, 'about' | 'mappings'> {
  // Rows share what they state: there are few to compare.
  const all = [...new Set(rows.map((row) => row.facts))]
  const shared = JSON.stringify(all[0]?.person ?? {})
  const isShared = all.every(({ person }) => JSON.stringify(person ?? {}) === shared)
  const fromFacts: Person = stated({ name: facts.author, contact: facts.contact, organization: facts.organization })
  return {
    about: {
      ...fromFacts,
      ...(isShared ? all[0]?.person : undefined),
      ...stated({
        created: all.find(({ created }) => created !== undefined)?.created ?? facts.created,
        modified: all.find(({ modified }) => modified !== undefined)?.modified ?? facts.modified,
        mappingVersion: all.find(({ mappingVersion }) => mappingVersion !== undefined)?.mappingVersion ?? facts.mappingVersion,
      }),
    },
    mappings: rows.flatMap(({ mappings, facts: { person } }): readonly Mapping[] => {
      if (isShared || !person) return mappings
      return mappings.map((mapping) => ({ ...mapping, author: person }))
    }),
  }
}

/** Capabilities that rows describe besides naming them. Reports other descriptions of one id, which are not kept. */
function describedCapabilities(rows: readonly TableRow[], report: Report) {
  const texts = new Map<string, string>()
  const names = new Map<string, string>()
  const others = new Map<string, { readonly mapping: Mapping; readonly text: string; count: number }>()
  for (const { mappings, text } of rows) {
    for (const mapping of mappings) {
      if (mapping.kind === 'unmapped-technique') continue
      const { id, description } = mapping.capability
      if (description !== undefined && !names.has(id)) names.set(id, description)
      const kept = texts.get(id)
      if (text === undefined || text === kept) continue
      if (kept === undefined) texts.set(id, text)
      else {
        const other = others.get(id) ?? { mapping, text, count: 0 }
        other.count += 1
        others.set(id, other)
      }
    }
  }
  for (const [id, { mapping: { origins: [origin] }, text, count }] of others) {
    report('normalise/conflicting-names', {
      message: `${id} has several descriptions; the first was kept`,
      found: shortenText(text, 100), count, ...(origin && { origin }),
      hint: 'Use one description for the id in the document, or put what belongs to a row into a column of comments.',
    })
  }
  return Array.from(texts, ([id, description]) => ({ id, description, ...stated({ name: names.get(id) }) }))
}

/** Facts about all rows of a table: "ATT&CK version | 12.1" above it or on another sheet. */
export interface TableFacts {
  readonly framework?: string
  readonly frameworkVersion?: string
  readonly attackVersion?: string
  readonly domain?: Domain
  readonly mappingVersion?: string
  readonly author?: string
  readonly contact?: string
  readonly organization?: string
  /** ISO dates. */
  readonly created?: string
  readonly modified?: string
}

/** Rows of a sheet that are searched for facts. */
const SEARCHED_ROWS = 60

/** Reads the rows of a sheet before `end` that consist of a name and a value. The first row for a name counts. */
export function readFacts(sheet: TableSheet, end: number): TableFacts {
  const facts: { -readonly [Name in keyof TableFacts]?: string } = {}
  for (const cells of sheet.rows.slice(0, Math.min(end, SEARCHED_ROWS))) {
    const [name, value, ...others] = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
    if (name === undefined || value === undefined || others.length > 0 || value === 'not stated') continue
    const role = roleOf(name)
    if (role !== undefined) facts[role] ??= value
    // "VERIS version | 1.3.7" also names the framework.
    const named = role === 'frameworkVersion' ? frameworkByLabel(name.replace(/\s+version\W*$/i, '')) : undefined
    if (named) facts.framework ??= named.id
  }
  return stated({
    ...facts,
    attackVersion: readAttackVersion(facts.attackVersion),
    domain: facts.domain === undefined ? undefined : readDomain(facts.domain),
    created: facts.created === undefined ? undefined : readDate(facts.created),
    modified: facts.modified === undefined ? undefined : readDate(facts.modified),
  })
}

function roleOf(name: string): keyof TableFacts | undefined {
  const label = /^(.{1,60}?)\s+version\W*$/i.exec(name)?.[1]
  if (label !== undefined && frameworkByLabel(label)) return 'frameworkVersion'
  const meaning = meaningOf(name)
  switch (meaning?.role) {
    case 'framework': case 'frameworkVersion': case 'attackVersion': case 'domain': case 'mappingVersion':
    case 'author': case 'contact': case 'organization': case 'created': case 'modified':
      return meaning.role
    default:
      return undefined
  }
}
