import type { About, ResolvedSet } from '../../model/mapping-set.js'
import { unknownFramework } from '../../model/unknown-framework.js'
import type { EmitContext } from '../emitter.js'
import type { CtidMetadata } from './ctid-document.js'
import { versionSchemas } from './ctid-values.js'

/** The metadata of a set. What the format asks for and nobody states is absent, and reported as left out. */
export function buildMetadata({ framework, attack, about, relations, groups }: ResolvedSet, context: EmitContext): CtidMetadata {
  const created = about.created ?? context.created
  // A file that the user says was made on a day has had no later change. Where the document states a day, the user's is
  // no answer.
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
    ...orLeftOut('attack_version', attack.version, 'supply it with --attack-version'),
    ...orLeftOut('mapping_framework', framework.id === unknownFramework ? undefined : framework.id, 'supply it with --framework'),
    ...orLeftOut('mapping_framework_version', framework.version, 'supply it with --framework-version'),
    ...(versionSchema !== undefined && versionSchemas.has(versionSchema) && { mapping_framework_version_schema: versionSchema }),
    author: about.name ?? null,
    contact: about.contact ?? null,
    organization: about.organization ?? null,
    ...orLeftOut('creation_date', monthFirst(created), 'supply it with --created'),
    ...orLeftOut('last_update', monthFirst(modified), modifiedHint(about)),
    // fromEntries defines members: an id such as __proto__ is one like any other.
    mapping_types: Object.fromEntries(
      Array.from(relations.values(), ({ id, name, description }) => [id, { name, description: description ?? '' }])),
    capability_groups: Object.fromEntries(Array.from(groups.values(), ({ id, name }) => [id, name])),
  }
}

type Optional<Field extends string> = { [Name in Field]?: string }

function modifiedHint(about: About): string {
  return about.created === undefined ? 'supply it with --created' : 'mapex asks for it in tables'
}

/** 2024-12-31 as CTID writes it: 12/31/2024. */
function monthFirst(date: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date ?? '') ?? []
  return year === undefined ? undefined : `${month}/${day}/${year}`
}
