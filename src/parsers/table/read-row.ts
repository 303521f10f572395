import type { CapabilityRef, Mapping, MappingStatus, Review, TechniqueRef } from '../../model/mapping.js'
import { readDate, stated } from '../../model/stated.js'
import { foldSpace, shortenText } from '../../model/text.js'
import { isNonMappable, mappingStatuses, readDomain, readStatus, readVerdict, verdicts } from '../../model/vocabulary.js'
import type { ParseContext } from '../parser.js'
import type { CapabilityColumns } from './capability-cells.js'
import { isEmptyList } from './cells.js'
import { isOwnRow, readOwnCapability, readOwnReferences, readOwnTargets } from './find-table.js'
import { readTargets, type Target } from './read-targets.js'
import { isNothing, type SheetReader } from './sheet-reader.js'
import { splitReferences } from './split-cells.js'
import type { shareFacts, StatedFacts } from './stated-facts.js'
import type { TechniqueColumns } from './technique-columns.js'

/** A row of a table: its mappings, one for each capability and technique that it names, and the data of their mapping set. */
export interface TableRow {
  readonly mappings: readonly Mapping[]
  readonly facts: StatedFacts
  /** A description of the capability, besides its name. */
  readonly text?: string
  /** The row's id in tables that Crosswalk wrote. */
  readonly id?: string
}

/** How the rows of a table are read. */
export interface RowReading {
  /** Crosswalk wrote the table. */
  readonly isOwn: boolean
  readonly capabilities: CapabilityColumns
  readonly techniques: TechniqueColumns
  /** The framework that the table's titles name. */
  readonly named?: string
  readonly share: ReturnType<typeof shareFacts>
  readonly check?: ParseContext['check']
}

/** Reads a row; undefined, and reported with its place, if nothing of it can be kept. */
export function readRow(row: number, reader: SheetReader, how: RowReading): TableRow | undefined {
  if (isOfOtherMatrix(row, reader)) return undefined
  const isOwn = how.isOwn && isOwnRow(row, reader)
  const targets = (isOwn ? readOwnTargets(row, reader) : undefined) ?? readTargets(row, reader, how.techniques)
  if (targets === 'unreadable') return undefined
  const capabilities = isOwn ? readOwnCapability(row, reader) : readCapabilities(row, reader, how.capabilities)
  how.check?.(Math.max(capabilities.length, 1) * Math.max(targets.techniques.length, 1))
  const relation = reader.line(row, 'relation')
  const isDeclared = targets.unmappable || (!reader.columns.byRole.has('status') && isNonMappable(relation))
  const status = readRowStatus(row, reader) ?? (isDeclared ? 'non_mappable' : undefined)
  const group = reader.line(row, 'group')
  const comments = reader.lines(row, 'comments')
  const references = isOwn ? readOwnReferences(reader.raw(row, 'references')) : readRowReferences(row, reader)
  const score = stated({
    category: reader.line(row, 'category'),
    value: reader.line(row, 'value'),
    related: reader.line(row, 'related'),
  })
  const common = {
    origins: [reader.origin(row, 'capability', 'name')],
    ...stated({ relation, group, comments, status, review: readReview(row, reader) }),
    ...(Object.keys(score).length > 0 && { score }),
    ...(references.length > 0 && { references }),
  }
  const mappings = makeMappings(row, reader, capabilities, targets.techniques, common)
  if (!mappings) return undefined
  const facts = how.share({ ...readFacts(row, reader), ...stated({ named: how.named }) })
  const text = reader.columns.byRole.has('name') ? reader.lines(row, 'text') : undefined
  return { mappings, facts, ...stated({ text, id: reader.line(row, 'id') }) }
}

type CommonFields = Pick<Mapping, 'origins' | 'relation' | 'group' | 'score' | 'comments' | 'references' | 'status' | 'review'>

function makeMappings(
  row: number, reader: SheetReader, capabilities: readonly CapabilityRef[], targets: readonly Target[], common: CommonFields,
): readonly Mapping[] | undefined {
  const declared = common.status === 'non_mappable' || isNonMappable(common.relation)
  const isDone = !declared && common.status !== 'in_progress'
  const targeted = targets.map(({ technique, relation, column }) => (
    { technique, common: { ...common, ...stated({ relation: relation ?? common.relation }), origins: [reader.originOf(row, column)] } }
  ))
  if (capabilities.length > 0 && targets.length > 0) {
    if (!declared) {
      if (capabilities.length > 1 && targets.length > 1) {
        reader.count('parse/product', '', row, 'capability', { found: `${capabilities.length} capabilities and ${targets.length} techniques` })
      }
      // Copied, as a list of one that flatMap makes has room for 17.
      return capabilities.flatMap((capability) => targeted.map((target) => mapped(capability, target.technique, target.common))).slice()
    }
    reader.report('parse/contradictory-row', row, 'technique', {
      found: `a non-mappable row with the capability ${capabilities[0]?.id} and the technique ${targets[0]?.technique.id}`,
      expected: 'a non-mappable row with only a capability or only a technique',
    })
    return undefined
  }
  if (capabilities.length > 0) {
    if (isDone) reader.count('parse/missing-technique', '', row, 'capability', { found: `the capability ${capabilities[0]?.id}`, ...stated({ hint: reader.blankHints.technique }) })
    return capabilities.map((capability) => ({ kind: 'unmapped-capability', capability, ...common }))
  }
  if (targets.length > 0) {
    if (isDone) {
      const written = foldSpace(reader.raw(row, roleOfCapability(reader)))
      const found = `the technique ${targets[0]?.technique.id}`
      if (isEmptyList(written)) reader.count('parse/missing-capability', 'list', row, 'capability', { found: `${found} beside "${written}", which has separators only` })
      else reader.count('parse/missing-capability', '', row, 'capability', { found, hint: reader.blankHints.capability ?? 'If a blank cell means "as above", fill it in or merge the cells.' })
    }
    return targeted.map((target) => unmappedTechnique(target.technique, target.common))
  }
  reader.report('parse/empty-row', row, 'capability')
  return undefined
}

function mapped(capability: CapabilityRef, technique: TechniqueRef, common: CommonFields): Mapping {
  return { kind: 'mapped', capability, technique, ...common }
}

function unmappedTechnique(technique: TechniqueRef, common: CommonFields): Mapping {
  return { kind: 'unmapped-technique', technique, ...common }
}

function roleOfCapability({ columns }: SheetReader): 'capability' | 'name' {
  return columns.byRole.has('capability') ? 'capability' : 'name'
}

function readCapabilities(row: number, reader: SheetReader, columns: CapabilityColumns): readonly CapabilityRef[] {
  const { byRole } = reader.columns
  const role = roleOfCapability(reader)
  const id = reader.line(row, role)
  if (id === undefined || isNothing(id) || isEmptyList(id)) {
    const alone = role === 'name' ? undefined : (['name', 'text'] as const).find((other) => reader.line(row, other) !== undefined)
    if (alone === 'name') reader.count('parse/name-without-id', alone, row, alone)
    if (alone === 'text') reader.count('parse/name-without-id', alone, row, alone, { message: 'A description has no id beside it and was not read' })
    return []
  }
  const description = role === 'capability' ? reader.line(row, byRole.has('name') ? 'name' : 'text') : undefined
  const capabilities = columns.read(row, byRole.get(role) ?? 0)
  return description === undefined ? capabilities : nameCapabilities(capabilities, description, row, reader)
}

/** Adds the names of another column to the ids of a cell: as many names as ids, separated in the same way, or one for one. */
function nameCapabilities(
  capabilities: readonly CapabilityRef[], text: string, row: number, reader: SheetReader,
): readonly CapabilityRef[] {
  if (capabilities.length === 1) return capabilities.map((capability) => ({ ...capability, description: text }))
  const role = reader.columns.byRole.has('name') ? 'name' : 'text'
  const raw = reader.raw(row, role)
  const names = [/[;|\n]/, /,/].map((separator) => raw.split(separator).map(foldSpace).filter((name) => name !== ''))
    .find((parts) => parts.length === capabilities.length)
  if (names) return capabilities.map((capability, index) => ({ ...capability, ...stated({ description: names[index] }) }))
  reader.count('parse/unpaired-name', '', row, role, { found: `"${shortenText(text, 60)}" beside ${capabilities.length} ids` })
  return capabilities
}

function readRowStatus(row: number, reader: SheetReader): MappingStatus | undefined {
  const text = reader.line(row, 'status')
  const status = text === undefined ? undefined : readStatus(text)
  if (text !== undefined && !status) {
    reader.count('parse/unknown-value', `status ${text.slice(0, 80)}`, row, 'status', { found: text, expected: mappingStatuses.join(', ') })
  }
  return status
}

function readFacts(row: number, reader: SheetReader): StatedFacts {
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
    }),
    ...(Object.keys(person).length > 0 && { person }),
  }
}

/** "v16.1" and "ATT&CK v16.1" are 16.1; other texts are kept as written. */
export function readAttackVersion(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (/^(?:mitre )?(?:att&ck )?v?(\d{1,3}(?:\.\d{1,3})?)$/i.exec(text)?.[1] ?? text)
}

function readRowDomain(row: number, reader: SheetReader) {
  const text = reader.line(row, 'domain')
  const domain = text === undefined ? undefined : readDomain(text)
  if (text !== undefined && !domain) {
    reader.count('parse/unknown-value', `domain ${text.slice(0, 80)}`, row, 'domain', { found: text, expected: 'enterprise, mobile or ics' })
  }
  return domain
}

/** Reports a row whose domain is another matrix: its ids look like those of ATT&CK, and mean others. */
function isOfOtherMatrix(row: number, reader: SheetReader): boolean {
  const text = reader.line(row, 'domain')
  if (text === undefined || !/\batlas\b|\bfight\b|^(?:mitre )?pre[ -]?att(?:&|a)?ck/i.test(text)) return false
  reader.count('parse/other-matrix', text.slice(0, 80), row, 'domain', {
    message: `A row is of the matrix "${shortenText(text, 60)}", not of ATT&CK, and was left out`, found: text, expected: 'enterprise, mobile or ics',
  })
  return true
}

function readRowDate(row: number, role: 'created' | 'modified', reader: SheetReader): string | undefined {
  const text = reader.line(row, role)
  const date = text === undefined ? undefined : readDate(text)
  if (text !== undefined && date === undefined) {
    reader.count('normalise/unreadable-date', text.slice(0, 80), row, role, { found: text, expected: '12/31/2024 or 2024-12-31' })
  }
  return date
}

/** The references of a row: those in its cell, then the cell's hyperlink unless the text contains it. */
function readRowReferences(row: number, reader: SheetReader): readonly string[] {
  const column = reader.columns.byRole.get('references')
  if (column === undefined) return []
  const text = reader.raw(row, 'references')
  const printed = splitReferences(text)
  const link = reader.sheet.link(row, column)
  if (link === undefined || text.includes(link.replace(/\/$/, ''))) return printed
  return [...printed, link]
}

/** An auditor's review of a row; undefined if its cells are blank. A verdict that the workbook does not offer is kept and reported. */
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
