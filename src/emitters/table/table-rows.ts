import { parse, v5 } from 'uuid'
import type { AttackIndex } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping, TechniqueRef } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import { attackDomains } from '../../model/vocabulary.js'
import type { EmitContext } from '../emitter.js'
import { type Adjustment, type CellTexts, createCellTexts } from './cell-text.js'
import { createTechniqueLookup, type LookUpTechnique, type TechniqueFacts } from './summaries.js'
import { type ColumnName, tableColumns, type TableRow } from './table-columns.js'

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

/** Builds the mapping table of sets: all rows, mapped or not, in order. Cells of values that are not stated are absent. */
export function tableRows(sets: readonly ResolvedSet[], context: EmitContext, texts: CellTexts): readonly TableRow[] {
  const lookUp = createTechniqueLookup(context.attack)
  const all = sets.map((set) => {
    const { rows, changes } = recallRows(set, context, lookUp)
    texts.adopt(changes)
    return rows
  })
  return all.length === 1 ? (all[0] ?? []) : all.flat()
}

/** The rows of a set, and the changes to their texts, which each artifact reports. */
interface BuiltRows {
  readonly rows: readonly TableRow[]
  readonly changes: readonly Adjustment[]
}

/** The rows of the last set: emitters come one after another, and most of them show the same rows. */
let recalled: { readonly set: WeakRef<ResolvedSet>; readonly attack: AttackIndex; readonly created?: string; readonly built: BuiltRows } | undefined

function recallRows(set: ResolvedSet, { attack, created }: EmitContext, lookUp: LookUpTechnique): BuiltRows {
  if (recalled?.set.deref() === set && recalled.attack === attack && recalled.created === created) return recalled.built
  const built = buildRows(set, created, lookUp)
  recalled = { set: new WeakRef(set), attack, built, ...(created !== undefined && { created }) }
  return built
}

function buildRows(set: ResolvedSet, supplied: string | undefined, lookUp: LookUpTechnique): BuiltRows {
  const texts = createCellTexts('')
  const ids = mappingIds(set)
  const { created = supplied, modified } = set.about
  const setContext: SetContext = {
    set,
    relations: uniqueLabels(set.relations),
    groups: uniqueLabels(set.groups),
    lookUp,
    tactics: new Map(),
    ...(created && { created: toAmericanDate(created) }),
    ...(modified && { modified: toAmericanDate(modified) }),
  }
  const before: { [Name in ColumnName]?: string } = {}
  const rows = set.mappings.map((mapping, index) => cleanRow(rowCells(mapping, ids[index], setContext, texts), before, mapping, texts))
  return { rows, changes: texts.changes() }
}

type Cells = { readonly [Name in ColumnName]?: string | undefined }

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

/** The row with sanitised texts. `before` has the last text of each column that needed no change: most columns repeat it. */
function cleanRow(cells: Cells, before: { [Name in ColumnName]?: string }, mapping: Mapping, texts: CellTexts): TableRow {
  const row: { [Name in ColumnName]?: string } = {}
  for (const { name } of tableColumns) {
    const cell = cells[name]
    if (!cell) continue
    const text = cell === before[name] ? cell : texts.clean(cell, name, mapping.origins[0])
    if (text === cell) before[name] = text
    row[name] = text
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

/** Namespace of mapping ids: a random UUID that must never change. */
const namespace = parse('9b0c1f4e-6a52-4d0b-8a77-3f1f3c0d6e21')

const encoder = new TextEncoder()

const cache = new WeakMap<ResolvedSet, readonly string[]>()

/**
 * Ids of a set's rows, in order: UUIDv5 (RFC 9562, section 5.5) of the releases of the set and the content of the row, but not of
 * its place. So an id never moves to a row with other content, whatever rows are added and in whichever order documents are read; a
 * row that is changed gets a new id. Rows with equal content are distinguished by an ordinal, from 1.
 */
export function mappingIds(set: ResolvedSet): readonly string[] {
  const cached = cache.get(set)
  if (cached) return cached
  const contentOf = createRowContents(startOf(set))
  // Rows with the same first id have the same content.
  const seen = new Map<string, number>()
  const ids = set.mappings.map((mapping) => {
    const content = contentOf(mapping)
    const first = idOf(`1 ${content}`)
    const ordinal = (seen.get(first) ?? 0) + 1
    seen.set(first, ordinal)
    return ordinal === 1 ? first : idOf(`${ordinal} ${content}`)
  })
  cache.set(set, ids)
  return ids
}

/** Gives the id of a row of a set by its index, as `mappingIds` does for all: for sets of which few rows need one. */
export function createMappingId(set: ResolvedSet): (index: number) => string {
  const contentOf = createRowContents(startOf(set))
  const seen = new Map<string, number>()
  const texts = set.mappings.map((mapping) => {
    const content = contentOf(mapping)
    const ordinal = (seen.get(content) ?? 0) + 1
    seen.set(content, ordinal)
    return `${ordinal} ${content}`
  })
  return (index) => idOf(texts[index] ?? '')
}

/** The start of every row's content, in JSON. */
function startOf({ framework, attack }: ResolvedSet): string {
  return JSON.stringify([framework.id, framework.version, attack.domain, attack.version]).slice(0, -1)
}

function idOf(text: string): string {
  return v5(encoder.encode(text), namespace)
}

/**
 * Creates the function that gives the content of a row in a fixed order, as JSON after `start`; it has null for values that are not stated.
 * Parts that the row before had as well are not written anew: rows of one capability, or without comments, are many.
 */
function createRowContents(start: string): (mapping: Mapping) => string {
  const techniques = new Map<string, { readonly name: string | undefined; readonly json: string }>()
  const capability = createMemory((values) => JSON.stringify(values))
  const rest = createMemory(([relation, group, category, value, related, comments, references, status, ...others]) => JSON.stringify([
    relation, group, [category, value, related], comments, references, status, others.slice(0, 3), others.slice(3),
  ]).slice(1))
  return (mapping) => {
    const { score, author, release } = mapping
    const ofCapability = mapping.kind === 'unmapped-technique' ? 'null' : capability([mapping.capability.id, mapping.capability.description])
    const ofTechnique = mapping.kind === 'unmapped-capability' ? 'null' : techniqueJson(mapping.technique)
    return `${start},${ofCapability},${ofTechnique},${rest([
      mapping.relation, mapping.group, score?.category, score?.value, score?.related, mapping.comments, mapping.references, mapping.status,
      author?.name, author?.contact, author?.organization,
      release?.framework, release?.frameworkVersion, release?.domain, release?.attackVersion,
    ])}`
  }

  function techniqueJson({ id, name }: TechniqueRef): string {
    const known = techniques.get(id)
    if (known && known.name === name) return known.json
    const json = JSON.stringify([id, name])
    techniques.set(id, { name, json })
    return json
  }
}

/** Creates a function that writes values only if they differ from those of its last call. */
function createMemory(write: (values: readonly unknown[]) => string): (values: readonly unknown[]) => string {
  let last: readonly unknown[] = []
  let written = ''
  return (values) => {
    if (values.length !== last.length || values.some((value, index) => value !== last[index])) {
      last = values
      written = write(values)
    }
    return written
  }
}
