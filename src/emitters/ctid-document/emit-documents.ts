import { type About, type ResolvedSet, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { type Own, stated } from '../../model/stated.js'
import { joinPieces } from '../artifact-parts.js'
import type { Artifact, ArtifactParts, ArtifactPiece, EmitContext } from '../emitter.js'
import { countSets } from '../table/set-facts.js'
import { type CtidDocument, type CtidMetadata, type CtidRow, scoreCategories, scoreValues, versionSchemas } from './ctid-document.js'
import { reportLosses } from './report-losses.js'
import { type DocumentRows, loadYamlWriter } from './write-yaml.js'

/** Writes sets as JSON, indented by four spaces and with a line feed at the end, as CTID publishes them. */
export function emitJson(sets: readonly ResolvedSet[], context: EmitContext): readonly Artifact[] {
  return emitDocuments(sets, context, 'json', writeJson)
}

/** Writes sets as YAML 1.2; strings that YAML 1.1 readers (PyYAML) would take for other types are quoted. */
export async function emitYaml(sets: readonly ResolvedSet[], context: EmitContext): Promise<readonly Artifact[]> {
  return emitDocuments(sets, context, 'yaml', await loadYamlWriter())
}

function emitDocuments(
  sets: readonly ResolvedSet[], context: EmitContext, emitter: 'json' | 'yaml', write: (drafts: readonly DocumentRows[]) => Iterable<ArtifactPiece>,
): readonly Artifact[] {
  const drafts = sets.map((set) => draftDocument(set, context))
  const parts: ArtifactParts = { head: wholeOf(drafts.map(({ metadata }) => ({ metadata, mapping_objects: [] }))), pieces: () => write(drafts) }
  return [{ ...describeArtifact(sets, context, emitter), get value() { return buildDocuments(drafts) }, render: () => joinPieces(parts), parts }]
}

function describeArtifact(
  sets: readonly ResolvedSet[], { baseName }: EmitContext, emitter: 'json' | 'yaml',
): Pick<Artifact, 'name' | 'emitter' | 'schema' | 'counts'> {
  const { rows, mapped, unmappedCapabilities, unmappedTechniques } = countSets(sets)
  const counts = { sets: sets.length, rows, mapped, unmappedCapabilities, unmappedTechniques }
  return { name: `${baseName}.${emitter}`, emitter, schema: 'ctid-mappings', counts }
}

/** Rows that are made, validated and serialised together. */
const rowsPerPiece = 200

/** Drafts the mapping file of a set. Reports metadata that is not stated, and content that the format cannot represent. */
function draftDocument(set: ResolvedSet, context: EmitContext): DocumentRows {
  reportLosses(set, context)
  const { mappings } = set
  const scored = mappings.some(({ score }) => score !== undefined)
  return {
    metadata: buildMetadata(set, context),
    *rows() {
      for (let from = 0; from < mappings.length; from += rowsPerPiece) {
        yield mappings.slice(from, from + rowsPerPiece).map((row) => buildRow(row, scored))
      }
    },
  }
}

/** The documents of several sets are a list. */
function wholeOf(documents: readonly CtidDocument[]): CtidDocument | readonly CtidDocument[] {
  const [only] = documents
  return only && documents.length === 1 ? only : documents
}

function buildDocuments(drafts: readonly DocumentRows[]): CtidDocument | readonly CtidDocument[] {
  return wholeOf(drafts.map(({ metadata, rows }) => ({ metadata, mapping_objects: [...rows()].flat() })))
}

const indent = 4

/** The text of `JSON.stringify` for the documents, in pieces of some rows. */
function* writeJson(drafts: readonly DocumentRows[]): Iterable<ArtifactPiece> {
  const isList = drafts.length !== 1
  if (drafts.length === 0) yield { items: [], text: '[]\n' }
  for (const [index, draft] of drafts.entries()) {
    const start = index > 0 ? ',\n' : '[\n'
    const end = index === drafts.length - 1 ? '\n]' : ''
    yield* writeDocument(draft, isList ? 1 : 0, isList ? start : '', isList ? end : '')
  }
  if (drafts.length > 0) yield { items: [], text: '\n' }
}

function* writeDocument({ metadata, rows }: DocumentRows, depth: number, start: string, end: string): Iterable<ArtifactPiece> {
  const shell = stringifyAt({ metadata, mapping_objects: [] }, depth)
  // The list of rows is the last that a document has.
  const list = shell.lastIndexOf('[]') + 1
  let separator = '\n'
  yield { items: [], text: start + shell.slice(0, list) }
  for (const items of rows()) {
    // Pieces of their own: a text that is joined of others is copied before it is encoded.
    yield { items: [], text: separator }
    yield { items, text: stringifyItems(items, depth + 2) }
    separator = ',\n'
  }
  yield { items: [], text: `${separator === '\n' ? '' : `\n${' '.repeat(indent * (depth + 1))}`}${shell.slice(list)}${end}` }
}

function stringifyAt(value: object, depth: number): string {
  return depth === 0 ? JSON.stringify(value, null, indent) : stringifyItems([value], depth)
}

/** The items of a list as they are written at some depth (1 or more), without the brackets of the list. */
function stringifyItems(items: readonly object[], depth: number): string {
  let nested: unknown = items
  let brackets = 0
  for (let level = 1; level < depth; level++) nested = [nested]
  // "[\n    [\n" before the items, and as many characters after them.
  for (let level = 0; level < depth; level++) brackets += indent * level + 2
  return JSON.stringify(nested, null, indent).slice(brackets, -brackets)
}

/** Builds the metadata of a set. Required fields that are not stated are left out and reported. */
function buildMetadata({ framework, attack, about, relations, groups }: ResolvedSet, context: EmitContext): CtidMetadata {
  const created = about.created ?? context.created
  // The supplied date is also that of the last update, unless the document states a creation date of its own.
  const modified = about.modified ?? (about.created === undefined ? context.created : undefined)
  const orLeftOut = <Field extends keyof CtidMetadata>(field: Field, value: string | undefined, hint: string): Optional<Field> => {
    const entry: Optional<Field> = {}
    if (value !== undefined) entry[field] = value
    else context.report('emit/left-out', { message: `metadata.${field} is not stated and was left out`, hint })
    return entry
  }
  const { versionSchema } = about
  return {
    mapping_version: about.mappingVersion ?? '',
    technology_domain: attack.domain,
    ...orLeftOut('attack_version', attack.version, 'Supply it with --attack-version.'),
    ...orLeftOut('mapping_framework', framework.id === unknownFramework.id ? undefined : framework.id, 'Supply it with --framework.'),
    ...orLeftOut('mapping_framework_version', framework.version, 'Supply it with --framework-version.'),
    ...(versionSchema !== undefined && versionSchemas.has(versionSchema) && { mapping_framework_version_schema: versionSchema }),
    author: about.name ?? null,
    contact: about.contact ?? null,
    organization: about.organization ?? null,
    ...orLeftOut('creation_date', monthFirst(created), 'Supply it with --created.'),
    ...orLeftOut('last_update', monthFirst(modified), modifiedHint(about)),
    // fromEntries defines own properties, even for an id such as __proto__.
    mapping_types: Object.fromEntries(
      Array.from(relations.values(), ({ id, name, description }) => [id, { name, description: description ?? '' }])),
    capability_groups: Object.fromEntries(Array.from(groups.values(), ({ id, name }) => [id, name])),
  }
}

type Optional<Field extends string> = { [Name in Field]?: string }

function modifiedHint(about: About): string {
  return about.created === undefined ? 'Supply it with --created.' : 'mapex needs it to write tables; add it to the document.'
}

/** Converts 2024-12-31 to 12/31/2024, as CTID writes dates; undefined for other texts. */
function monthFirst(date: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date ?? '') ?? []
  return year === undefined ? undefined : `${month}/${day}/${year}`
}

/** Builds a row. Values that are not stated are null, also those of a missing capability or technique. */
function buildRow(mapping: Mapping, scored: boolean): CtidRow {
  const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
  const technique = mapping.kind === 'unmapped-capability' ? undefined : mapping.technique
  const { score, status, release, author } = mapping
  const row: Own<CtidRow> = {
    capability_id: capability?.id ?? null,
    capability_description: capability?.description ?? null,
    mapping_type: mapping.relation ?? null,
    attack_object_id: technique?.id ?? null,
    attack_object_name: technique?.name ?? null,
    capability_group: mapping.group ?? null,
    ...(scored && {
      score_category: known(score?.category, scoreCategories),
      score_value: known(score?.value, scoreValues),
      related_score: score?.related ?? null,
    }),
    comments: mapping.comments ?? null,
    references: mapping.references ?? [],
  }
  // CTID's schema does not allow null in the fields below, and mapped rows cannot be non_mappable.
  if (status !== undefined && !(status === 'non_mappable' && mapping.kind === 'mapped')) row.status = status
  // Few rows have one of these.
  if (!release && !author) return row
  return {
    ...row,
    ...stated({
      mapping_framework: release?.framework,
      mapping_framework_version: release?.frameworkVersion,
      technology_domain: release?.domain,
      attack_version: release?.attackVersion,
      author: author?.name,
      author_contact: author?.contact,
      author_organization: author?.organization,
    }),
  }
}

function known(value: string | undefined, allowed: ReadonlySet<string>): string | null {
  return value !== undefined && allowed.has(value) ? value : null
}
