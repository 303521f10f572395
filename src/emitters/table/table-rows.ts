import type { AttackIndex } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { Origin, Place } from '../../model/origin.js'
import { attackDomains } from '../../model/vocabulary.js'
import type { EmitContext } from '../emitter.js'
import { type Adjustment, type CellTexts, createCellTexts } from './cell-text.js'
import { mappingIds } from './mapping-ids.js'
import { createTechniqueLookup, type LookUpTechnique, type TechniqueFacts } from './summaries.js'
import type { ColumnName, TableRow } from './table-columns.js'

interface SetContext {
  readonly set: ResolvedSet
  readonly relations: ReadonlyMap<string, string>
  readonly groups: ReadonlyMap<string, string>
  /** Dates as CTID's tables write them. */
  readonly created?: string
  readonly modified?: string
  readonly lookUp: LookUpTechnique
  /** Tactics as cells have them, by the facts of a technique. */
  readonly tactics: Map<TechniqueFacts, string>
}

/**
 * The mapping table of sets: all rows, mapped or not, in order, as often as they are listed. Cells of values that are not stated are absent.
 * `texts` gets the changes to all of them at once, and `look` gets each of them, while they are counted anyway.
 */
export function tableRows(
  sets: readonly ResolvedSet[], context: EmitContext, texts: CellTexts, look?: (row: TableRow) => void,
): Iterable<TableRow> {
  const lookUp = createTechniqueLookup(context.attack)
  const all = sets.map((set) => {
    const { rows, changes } = recallRows(set, context, lookUp, look)
    texts.adopt(changes)
    return rows
  })
  const [only] = all
  return only && all.length === 1 ? only : { *[Symbol.iterator]() { for (const rows of all) yield* rows } }
}

/** The rows of a set, and the changes to their texts, which each artifact reports. */
interface BuiltRows {
  readonly rows: Iterable<TableRow>
  readonly changes: readonly Adjustment[]
}

/** The rows of the last set: emitters come one after another, and most of them show the same rows. */
let recalled: { readonly set: WeakRef<ResolvedSet>; readonly attack: AttackIndex; readonly created?: string; readonly built: BuiltRows } | undefined

function recallRows(set: ResolvedSet, { attack, created }: EmitContext, lookUp: LookUpTechnique, look?: (row: TableRow) => void): BuiltRows {
  if (recalled?.set.deref() === set && recalled.attack === attack && recalled.created === created) {
    if (look) for (const row of recalled.built.rows) look(row)
    return recalled.built
  }
  const built = buildRows(set, created, lookUp, look)
  recalled = { set: new WeakRef(set), attack, built, ...(created !== undefined && { created }) }
  return built
}

/** The rows of larger sets are not kept: they take as much memory as the set, and are built anew in a few microseconds each. */
const mostKept = 10_000

function buildRows(set: ResolvedSet, supplied: string | undefined, lookUp: LookUpTechnique, look?: (row: TableRow) => void): BuiltRows {
  const context = describeSet(set, supplied, lookUp)
  const texts = createCellTexts('')
  const kept: TableRow[] = []
  for (const row of listRows(context, texts)) {
    look?.(row)
    if (set.mappings.length <= mostKept) kept.push(row)
  }
  if (set.mappings.length <= mostKept) return { rows: kept, changes: texts.changes() }
  return { rows: { [Symbol.iterator]: () => listRows(context, createCellTexts('')) }, changes: texts.changes() }
}

function describeSet(set: ResolvedSet, supplied: string | undefined, lookUp: LookUpTechnique): SetContext {
  const { created = supplied, modified } = set.about
  return {
    set,
    relations: uniqueLabels(set.relations),
    groups: uniqueLabels(set.groups),
    lookUp,
    tactics: new Map(),
    ...(created && { created: toAmericanDate(created) }),
    ...(modified && { modified: toAmericanDate(modified) }),
  }
}

function* listRows(context: SetContext, texts: CellTexts): Generator<TableRow> {
  const ids = mappingIds(context.set)
  const buildRow = createRowBuilder(context, texts)
  let index = 0
  for (const mapping of context.set.mappings) {
    yield buildRow(mapping, ids[index])
    index += 1
  }
}

/**
 * Creates the function that builds the rows of a set, with sanitised texts. Cells that are blank are properties, too: all rows have the same ones
 * in one order, so that V8 finds their places once, and so that most cells are known to be clean, as they equal those of the row before.
 */
function createRowBuilder(context: SetContext, texts: CellTexts): (mapping: Mapping, id: string | undefined) => TableRow {
  const { set, relations, groups, created, modified, lookUp } = context
  let last: TableRow = {}
  let origin: Origin | undefined
  const documentsOf = createDocumentLines(texts)
  const clean = (cell: string | undefined, before: string | undefined, column: ColumnName): string | undefined => {
    if (cell === before) return before
    return cell === undefined || cell === '' ? undefined : texts.clean(cell, column, origin)
  }
  const lineOf = (reference: string): string => texts.cleanLine(reference, 'references', origin)
  return (mapping, id) => {
    const { score, release, author, review, origins, group, relation } = mapping
    origin = origins[0]
    const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
    const technique = mapping.kind === 'unmapped-capability' ? undefined : mapping.technique
    const attackVersion = release?.attackVersion ?? set.attack.version
    const domain = release ? attackDomains.find((name) => name === release.domain) ?? set.attack.domain : set.attack.domain
    const facts = technique && lookUp(technique.id, domain, attackVersion)
    const references = mapping.references && joinLines(mapping.references, lineOf)
    last = {
      mapping_framework: clean(release?.framework ?? set.framework.id, last.mapping_framework, 'mapping_framework'),
      mapping_framework_version: clean(release?.frameworkVersion ?? set.framework.version, last.mapping_framework_version, 'mapping_framework_version'),
      capability_group: clean(group && (groups.get(group) ?? group), last.capability_group, 'capability_group'),
      capability_id: clean(capability?.id, last.capability_id, 'capability_id'),
      capability_description: clean(capability?.description, last.capability_description, 'capability_description'),
      mapping_type: clean(relation && (relations.get(relation) ?? relation), last.mapping_type, 'mapping_type'),
      attack_object_id: clean(technique?.id, last.attack_object_id, 'attack_object_id'),
      attack_object_name: clean(technique?.name, last.attack_object_name, 'attack_object_name'),
      attack_version: clean(attackVersion, last.attack_version, 'attack_version'),
      technology_domain: clean(release?.domain ?? set.attack.domain, last.technology_domain, 'technology_domain'),
      score_category: clean(score?.category, last.score_category, 'score_category'),
      score_value: clean(score?.value, last.score_value, 'score_value'),
      related_score: clean(score?.related, last.related_score, 'related_score'),
      references: clean(references, last.references, 'references'),
      comments: clean(mapping.comments, last.comments, 'comments'),
      organization: clean(author?.organization ?? set.about.organization, last.organization, 'organization'),
      creation_date: clean(created, last.creation_date, 'creation_date'),
      last_update: clean(modified, last.last_update, 'last_update'),
      mapping_id: id,
      attack_tactics: clean(facts && joinTactics(facts, context), last.attack_tactics, 'attack_tactics'),
      attack_url: clean(facts?.url, last.attack_url, 'attack_url'),
      attack_status: facts?.status,
      source_document: clean(documentsOf(origins), last.source_document, 'source_document'),
      source_place: plainPlace(origins) ?? clean(placesOf(origins, texts), last.source_place, 'source_place'),
      status: mapping.status,
      auditor_verdict: clean(review?.verdict, last.auditor_verdict, 'auditor_verdict'),
      auditor_initials: clean(review?.initials, last.auditor_initials, 'auditor_initials'),
      auditor_remark: clean(review?.remark, last.auditor_remark, 'auditor_remark'),
    }
    return last
  }
}

/** Creates the function that gives the documents of a row. That of the row before is known to be one line. */
function createDocumentLines(texts: CellTexts): (origins: readonly Origin[]) => string {
  let line: string | undefined
  return (origins) => {
    const [first] = origins
    if (line !== undefined && origins.length === 1 && first?.document === line) return line
    const documents = joinLines(origins, ({ document }) => texts.cleanLine(document, 'source_document'))
    line = documents === first?.document ? documents : undefined
    return documents
  }
}

function placesOf(origins: readonly Origin[], texts: CellTexts): string {
  return joinLines(origins, ({ place }) => texts.cleanLine(describePlace(place), 'source_place'))
}

/** The only place of a row, which differs from all others, if one test tells that a cell and a line can have it as it is. */
function plainPlace(origins: readonly Origin[]): string | undefined {
  const [first] = origins
  if (origins.length !== 1 || !first) return undefined
  const place = describePlace(first.place)
  return place.length < 1000 && !/[^ -~]/.test(place) ? place : undefined
}

/** Most lists have one entry, whose text is not copied. */
function joinLines<Entry>(entries: readonly Entry[], lineOf: (entry: Entry) => string): string {
  const [first] = entries
  return entries.length === 1 && first !== undefined ? lineOf(first) : entries.map(lineOf).join('\n')
}

function joinTactics(facts: TechniqueFacts, { tactics }: SetContext): string {
  const known = tactics.get(facts)
  if (known !== undefined) return known
  const joined = facts.tactics.join('; ')
  tactics.set(facts, joined)
  return joined
}

/** Converts "2024-12-31" to "12/31/2024", as in CTID's tables; other texts are unchanged. */
function toAmericanDate(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  return match ? `${match[2]}/${match[3]}/${match[1]}` : date
}

/** Labels of mapping types or groups in cells, by id: the name, or the id if the name is ambiguous. */
export function uniqueLabels(
  entries: ReadonlyMap<string, { readonly id: string; readonly name: string }>,
): ReadonlyMap<string, string> {
  const uses = new Map<string, number>()
  for (const { name } of entries.values()) uses.set(name, (uses.get(name) ?? 0) + 1)
  return new Map(
    Array.from(entries.values(), ({ id, name }) => {
      const isAmbiguous = uses.get(name) !== 1 || (name !== id && entries.has(name))
      return [id, isAmbiguous ? id : name]
    }),
  )
}

const wholeDocument = 'whole document'

/**
 * A place in words, on one line and never empty, as in the column `source_place`: "line 14", "/mapping_objects/3 (line 40)",
 * "Mappings!B12".
 */
export function describePlace(place: Place): string {
  if (place.kind === 'file') return wholeDocument
  if (place.kind === 'text') return describeLine(place.line, place.column)
  if (place.kind === 'cell') return `${place.sheet}!${place.cell}`
  const { pointer, line, column } = place
  if (line === undefined) return pointer === '' ? wholeDocument : pointer
  return pointer === '' ? describeLine(line, column) : `${pointer} (${describeLine(line, column)})`
}

function describeLine(line: number, column: number | undefined): string {
  return column === undefined || column === 1 ? `line ${line}` : `line ${line}, column ${column}`
}
