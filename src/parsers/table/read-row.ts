import type { CapabilityRef, Domain, Mapping, MappingStatus, Person, Review, TechniqueRef } from '../../model/mapping.js'
import { readDate, stated } from '../../model/stated.js'
import { readDomain, readVerdict, verdicts } from '../../model/vocabulary.js'
import { readTargets, type Target } from './read-targets.js'
import type { SheetReader } from './sheet-reader.js'
import { splitCapabilities, splitReferences } from './split-cells.js'

/**
 * What a row of a table says: its mappings, one for each technique that it names, and what belongs to the set that they
 * go to.
 */
export interface TableRow {
  readonly mappings: readonly Mapping[]
  /** As the row writes it; undefined where the table has no such column or the cell is blank. */
  readonly framework?: string
  readonly frameworkVersion?: string
  readonly attackVersion?: string
  readonly domain?: Domain
  readonly person?: Person
  /** ISO dates. */
  readonly created?: string
  readonly modified?: string
  readonly mappingVersion?: string
  /** A longer text on the capability, beside its name. */
  readonly text?: string
  /** The id that our tables give the row. */
  readonly id?: string
  readonly row: number
}

const statuses: readonly MappingStatus[] = ['complete', 'in_progress', 'non_mappable']

/** What people write into a cell that has nothing to say. */
const nothing = /^(?:n\/a|none|null|nan|nil|-+|–|—)$/i

/** Reads a row. Undefined when it says nothing that can be kept, which is then reported with its place. */
export function readRow(row: number, reader: SheetReader): TableRow | undefined {
  const targets = readTargets(row, reader)
  if (targets === 'unreadable') return undefined
  const capabilities = readCapabilities(row, reader)
  const relation = reader.line(row, 'relation')
  const isDeclared = targets.unmappable || (!reader.columns.byRole.has('status') && isNonMappable(relation))
  const status = readStatus(row, reader) ?? (isDeclared ? 'non_mappable' : undefined)
  const group = reader.line(row, 'group')
  const comments = reader.lines(row, 'comments')
  const references = readRowReferences(row, reader)
  const score = stated({
    category: reader.line(row, 'category'),
    value: reader.line(row, 'value'),
    related: reader.line(row, 'related'),
  })
  const rest = {
    origins: [reader.origin(row, 'capability', 'name')],
    ...stated({ relation, group, comments, status, review: readReview(row, reader) }),
    ...(Object.keys(score).length > 0 && { score }),
    ...(references.length > 0 && { references }),
  }
  const mappings = makeMappings(row, reader, capabilities, targets.techniques, rest)
  return mappings && { row, mappings, ...readRelease(row, reader) }
}

type Rest = Pick<Mapping, 'origins' | 'relation' | 'group' | 'score' | 'comments' | 'references' | 'status' | 'review'>

function makeMappings(
  row: number, reader: SheetReader, capabilities: readonly CapabilityRef[], targets: readonly Target[], rest: Rest,
): readonly Mapping[] | undefined {
  const declared = rest.status === 'non_mappable' || isNonMappable(rest.relation)
  const done = !declared && rest.status !== 'in_progress'
  const targeted = targets.map(({ technique, relation, column }) => (
    { technique, rest: { ...rest, ...stated({ relation: relation ?? rest.relation }), origins: [reader.originOf(row, column)] } }
  ))
  if (capabilities.length > 0 && targets.length > 0) {
    if (!declared) {
      return capabilities.flatMap((capability) => targeted.map((target) => mapped(capability, target.technique, target.rest)))
    }
    reader.report('parse/contradictory-row', row, 'technique', {
      found: `non-mappable, with the capability ${capabilities[0]?.id} and the technique ${targets[0]?.technique.id}`,
      expected: 'a non-mappable row with only one of them',
    })
    return undefined
  }
  if (capabilities.length > 0) {
    if (done) reader.count('parse/missing-technique', '', row, 'capability', { found: `the capability ${capabilities[0]?.id}` })
    return capabilities.map((capability) => ({ kind: 'unmapped-capability', capability, ...rest }))
  }
  if (targets.length > 0) {
    if (done) {
      reader.count('parse/missing-capability', '', row, 'capability', {
        found: `the technique ${targets[0]?.technique.id}`,
        hint: 'where a blank cell means "as above", fill it in or merge the cells',
      })
    }
    return targeted.map((target) => unmappedTechnique(target.technique, target.rest))
  }
  reader.report('parse/empty-row', row, 'capability')
  return undefined
}

function mapped(capability: CapabilityRef, technique: TechniqueRef, rest: Rest): Mapping {
  return { kind: 'mapped', capability, technique, ...rest }
}

function unmappedTechnique(technique: TechniqueRef, rest: Rest): Mapping {
  return { kind: 'unmapped-technique', technique, ...rest }
}

function readCapabilities(row: number, reader: SheetReader): readonly CapabilityRef[] {
  const { byRole } = reader.columns
  const role = byRole.has('capability') ? 'capability' : 'name'
  const id = reader.line(row, role)
  if (id === undefined || nothing.test(id)) {
    const hasName = role === 'capability' && reader.line(row, 'name') !== undefined
    if (hasName) reader.count('parse/name-without-id', 'name', row, 'name')
    return []
  }
  const description = role === 'capability' ? reader.line(row, byRole.has('name') ? 'name' : 'text') : undefined
  // CTID's own column holds one id, whatever it looks like.
  const split = byRole.has('id') ? [{ id }] : splitCapabilities(reader.raw(row, role))
  return split.length === 1 && description !== undefined ? split.map((capability) => ({ ...capability, description })) : split
}

function readStatus(row: number, reader: SheetReader): MappingStatus | undefined {
  const text = reader.line(row, 'status')
  if (text === undefined) return undefined
  const folded = text.toLowerCase().replaceAll(/[ -]/g, '_')
  const status = statuses.find((candidate) => candidate === folded)
  if (!status) {
    reader.count('parse/unknown-value', text.slice(0, 80), row, 'status', { found: text, expected: statuses.join(', ') })
  }
  return status
}

/** Whether a mapping type says that there is no mapping. */
function isNonMappable(relation: string | undefined): boolean {
  return relation !== undefined && /^non[-_ ]?mappable$/i.test(relation)
}

function readRelease(row: number, reader: SheetReader): Omit<TableRow, 'mappings' | 'row'> {
  const person = stated({
    name: reader.line(row, 'author'),
    contact: reader.line(row, 'contact'),
    organization: reader.line(row, 'organization'),
  })
  return {
    ...stated({
      framework: reader.line(row, 'framework'),
      frameworkVersion: reader.line(row, 'frameworkVersion'),
      attackVersion: readAttackVersion(reader.line(row, 'attackVersion')),
      domain: readRowDomain(row, reader),
      created: readRowDate(row, 'created', reader),
      modified: readRowDate(row, 'modified', reader),
      mappingVersion: reader.line(row, 'mappingVersion'),
      text: reader.columns.byRole.has('name') ? reader.lines(row, 'text') : undefined,
      id: reader.line(row, 'id'),
    }),
    ...(Object.keys(person).length > 0 && { person }),
  }
}

/** "v16.1" and "ATT&CK v16.1" are 16.1; anything else is as written. */
export function readAttackVersion(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (/^(?:mitre )?(?:att&ck )?v?(\d{1,3}(?:\.\d{1,3})?)$/i.exec(text)?.[1] ?? text)
}

function readRowDomain(row: number, reader: SheetReader) {
  const text = reader.line(row, 'domain')
  const domain = text === undefined ? undefined : readDomain(text)
  if (text !== undefined && !domain) {
    reader.count('parse/unknown-value', text.slice(0, 80), row, 'domain', { found: text, expected: 'enterprise, mobile or ics' })
  }
  return domain
}

function readRowDate(row: number, role: 'created' | 'modified', reader: SheetReader): string | undefined {
  const text = reader.line(row, role)
  const date = text === undefined ? undefined : readDate(text)
  if (text !== undefined && date === undefined) {
    reader.count('normalise/unreadable-date', text.slice(0, 80), row, role, { found: text, expected: '12/31/2024 or 2024-12-31' })
  }
  return date
}

/** The references of a row: those that its cell prints, then the address behind the cell where it is another. */
function readRowReferences(row: number, reader: SheetReader): readonly string[] {
  const column = reader.columns.byRole.get('references')
  if (column === undefined) return []
  const text = reader.raw(row, 'references')
  const printed = splitReferences(text)
  const link = reader.sheet.link(row, column)
  if (link === undefined || text.includes(link.replace(/\/$/, ''))) return printed
  return [...printed, link]
}

/** What an auditor wrote beside a row; undefined where nothing. A verdict that is none of those offered is kept, and told. */
function readReview(row: number, reader: SheetReader): Review | undefined {
  const written = reader.line(row, 'verdict')
  const known = written === undefined ? undefined : readVerdict(written)
  if (written !== undefined && known === undefined) {
    reader.count('parse/unknown-verdict', written.slice(0, 80), row, 'verdict', {
      found: written,
      expected: verdicts.map(({ word }) => word).join(', '),
    })
  }
  const review = stated({ verdict: known ?? written, initials: reader.line(row, 'initials'), remark: reader.lines(row, 'remark') })
  return Object.keys(review).length === 0 ? undefined : review
}
