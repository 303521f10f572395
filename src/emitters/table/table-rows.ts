import type { AttackIndex } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import { attackDomains } from '../../model/vocabulary.js'
import type { EmitContext } from '../emitter.js'
import { type Adjustment, type CellTexts, createCellTexts } from './cell-text.js'
import { mappingIds } from './mapping-ids.js'
import { createTechniqueLookup, type LookUpTechnique, type TechniqueFacts } from './summaries.js'
import { type ColumnName, columnNames, type TableRow } from './table-columns.js'

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
  const before: (string | undefined)[] = []
  for (const [index, mapping] of context.set.mappings.entries()) {
    yield cleanRow(rowCells(mapping, ids[index], context, texts), before, mapping, texts)
  }
}

type Cells = { [Name in ColumnName]?: string | undefined }

/** The cells of a row. Those that are blank are properties, too: all rows have the same ones in one order, so that V8 finds their places once. */
function rowCells(mapping: Mapping, id: string | undefined, context: SetContext, texts: CellTexts): Cells {
  const { set, relations, groups, created, modified, lookUp } = context
  const { score, release, author, review, origins } = mapping
  const attackVersion = release?.attackVersion ?? set.attack.version
  const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
  const technique = mapping.kind === 'unmapped-capability' ? undefined : mapping.technique
  const domain = attackDomains.find((name) => name === release?.domain) ?? set.attack.domain
  const facts = technique && lookUp(technique.id, domain, attackVersion)
  return {
    mapping_framework: release?.framework ?? set.framework.id,
    mapping_framework_version: release?.frameworkVersion ?? set.framework.version,
    capability_group: mapping.group && (groups.get(mapping.group) ?? mapping.group),
    capability_id: capability?.id,
    capability_description: capability?.description,
    mapping_type: mapping.relation && (relations.get(mapping.relation) ?? mapping.relation),
    attack_object_id: technique?.id,
    attack_object_name: technique?.name,
    attack_version: attackVersion,
    technology_domain: release?.domain ?? set.attack.domain,
    score_category: score?.category,
    score_value: score?.value,
    related_score: score?.related,
    references: mapping.references && joinLines(mapping.references, (reference) => texts.cleanLine(reference, 'references', origins[0])),
    comments: mapping.comments,
    organization: author?.organization ?? set.about.organization,
    creation_date: created,
    last_update: modified,
    mapping_id: id,
    attack_tactics: facts && joinTactics(facts, context),
    attack_url: facts?.url,
    attack_status: facts?.status,
    source_document: joinLines(origins, ({ document }) => texts.cleanLine(document, 'source_document')),
    source_place: joinLines(origins, ({ place }) => texts.cleanLine(describePlace(place), 'source_place')),
    status: mapping.status,
    auditor_verdict: review?.verdict,
    auditor_initials: review?.initials,
    auditor_remark: review?.remark,
  }
}

/** Most lists have one entry, whose text is not copied. */
function joinLines<Entry>(entries: readonly Entry[], lineOf: (entry: Entry) => string): string {
  const [first] = entries
  return entries.length === 1 && first !== undefined ? lineOf(first) : entries.map(lineOf).join('\n')
}

function joinTactics(facts: TechniqueFacts, { tactics }: SetContext): string {
  const known = tactics.get(facts) ?? facts.tactics.join('; ')
  tactics.set(facts, known)
  return known
}

/** Converts "2024-12-31" to "12/31/2024", as in CTID's tables; other texts are unchanged. */
function toAmericanDate(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  return match ? `${match[2]}/${match[3]}/${match[1]}` : date
}

/** Sanitises the texts of a row. `before` has the last text of each column that needed no change: most columns repeat it. */
function cleanRow(row: Cells, before: (string | undefined)[], mapping: Mapping, texts: CellTexts): TableRow {
  for (let column = 0; column < columnNames.length; column++) {
    const name = columnNames[column]
    const cell = name && row[name]
    if (name === undefined || cell === undefined || cell === before[column]) continue
    const text = cell === '' ? undefined : texts.clean(cell, name, mapping.origins[0])
    if (text === cell) before[column] = text
    else row[name] = text
  }
  return row
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
