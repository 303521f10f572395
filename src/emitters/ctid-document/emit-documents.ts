import { type About, type ResolvedSet, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { countSets } from '../table/set-facts.js'
import { type CtidDocument, type CtidMetadata, type CtidRow, scoreCategories, scoreValues, versionSchemas } from './ctid-document.js'
import { reportLosses } from './report-losses.js'

/** Writes sets as JSON, indented by four spaces and with a line feed at the end, as CTID publishes them. */
export function emitJson(sets: readonly ResolvedSet[], context: EmitContext): readonly Artifact[] {
  return emitDocuments(sets, context, {
    emitter: 'json',
    extension: '.json',
    render: (value) => `${JSON.stringify(value, null, 4)}\n`,
  })
}

/** Writes sets as YAML 1.2; strings that YAML 1.1 readers (PyYAML) would take for other types are quoted. */
export function emitYaml(sets: readonly ResolvedSet[], context: EmitContext): readonly Artifact[] {
  return emitDocuments(sets, context, {
    emitter: 'yaml',
    extension: '.yaml',
    async render(value) {
      const { stringify } = await import('yaml')
      return stringify(value, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false })
    },
  })
}

/** Renders one document, or a list of them, as text. */
type RenderDocuments = (value: CtidDocument | readonly CtidDocument[]) => string | Promise<string>

/** The properties in which the JSON and YAML emitters differ. */
interface DocumentTarget {
  readonly emitter: string
  readonly extension: string
  readonly render: RenderDocuments
}

/** Creates the artifact of one set, or of several as a list of documents. */
function emitDocuments(sets: readonly ResolvedSet[], context: EmitContext, target: DocumentTarget): readonly Artifact[] {
  const documents = sets.map((set) => buildDocument(set, context))
  const [only] = documents
  const value = only && documents.length === 1 ? only : documents
  const { rows, mapped, unmappedCapabilities, unmappedTechniques } = countSets(sets)
  return [{
    name: `${context.baseName}${target.extension}`,
    emitter: target.emitter,
    schema: 'ctid-mappings',
    value,
    counts: { sets: sets.length, rows, mapped, unmappedCapabilities, unmappedTechniques },
    render: async () => new TextEncoder().encode(await target.render(value)),
  }]
}

/** Builds the CTID mapping file of a set. Reports metadata that is not stated, and content that the format cannot represent. */
function buildDocument(set: ResolvedSet, context: EmitContext): CtidDocument {
  const scored = set.mappings.some(({ score }) => score !== undefined)
  reportLosses(set, context)
  return {
    metadata: buildMetadata(set, context),
    mapping_objects: set.mappings.map((mapping) => buildRow(mapping, scored)),
  }
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
  return {
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
    // CTID's schema does not allow null in the fields below, and mapped rows cannot be non_mappable.
    ...(status !== undefined && !(status === 'non_mappable' && mapping.kind === 'mapped') && { status }),
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
