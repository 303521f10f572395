import type { TreeValue } from '../../formats/decoded.js'
import { isList, isObject, type TreeObject } from '../../formats/tree-value.js'
import type { Person, RowRelease } from '../../model/mapping.js'
import type { About, AttackRelease, Capability, Relation } from '../../model/mapping-set.js'
import { readDomain } from '../../model/read-domain.js'
import { stated } from '../../model/stated.js'
import type { RowFacts, SetFacts } from './set-facts.js'

/** Where our metadata files keep what CSV on the Web has no word for. schemas/csv-metadata.schema.json tells its shape. */
const namespace = 'https://attack-crosswalk.example/ns#'

const aboutNames = ['name', 'contact', 'organization', 'mappingVersion', 'created', 'modified', 'versionSchema'] as const

/** What the metadata file of one of our tables says. */
export interface CsvMetadataFacts {
  readonly sets: readonly SetFacts[]
  /** An apostrophe stands before cells that spreadsheets would take for formulas. */
  readonly formulasEscaped: boolean
}

/**
 * Reads a metadata file of ours ("….csv-metadata.json"). Undefined when it is none; what has another shape than ours is
 * passed over.
 */
export function readCsvMetadata(value: TreeValue): CsvMetadataFacts | undefined {
  if (!isObject(value)) return undefined
  const sets = value[`${namespace}mappingSets`]
  if (!isList(sets)) return undefined
  return {
    sets: sets.flatMap((set) => (isObject(set) ? (readSet(set) ?? []) : [])),
    formulasEscaped: value[`${namespace}formulasEscaped`] === true,
  }
}

function readSet(set: TreeObject): SetFacts | undefined {
  const framework = texts(set.framework, ['id', 'name', 'version'])
  if (framework.id === undefined) return undefined
  return {
    framework: { id: framework.id, name: framework.name ?? framework.id, ...stated({ version: framework.version }) },
    attack: readAttack(set.attack),
    about: texts(set.about, aboutNames) satisfies About,
    relations: readEntries(set.relations),
    groups: readEntries(set.groups),
    capabilities: readCapabilities(set.capabilities),
    details: new Map(items(set.row_details).flatMap((item) => {
      const id = item.mapping_id
      return typeof id === 'string' ? [[id, readDetails(item)] as const] : []
    })),
  }
}

function readAttack(value: TreeValue | undefined): AttackRelease {
  const { domain, version } = texts(value, ['domain', 'version'])
  return stated({ domain: domain === undefined ? undefined : readDomain(domain), version })
}

function readEntries(value: TreeValue | undefined): readonly Relation[] {
  return items(value).flatMap((item) => {
    const { id, name, description } = texts(item, ['id', 'name', 'description'])
    return id === undefined ? [] : [{ id, name: name ?? id, ...stated({ description }) }]
  })
}

function readCapabilities(value: TreeValue | undefined): readonly Capability[] {
  return items(value).flatMap((item) => {
    const { id, ...rest } = texts(item, ['id', 'name', 'description'])
    const groups = isList(item.groups) ? item.groups.filter((group) => typeof group === 'string') : []
    return id === undefined ? [] : [{ id, ...rest, groups }]
  })
}

function readDetails(item: TreeObject): RowFacts {
  const author: Person = texts(item.author, ['name', 'contact', 'organization'])
  const { domain, ...versions } = texts(item.release, ['attackVersion', 'domain', 'framework', 'frameworkVersion'])
  const release: RowRelease = { ...versions, ...stated({ domain: domain === undefined ? undefined : readDomain(domain) }) }
  return { ...(Object.keys(author).length > 0 && { author }), ...(Object.keys(release).length > 0 && { release }) }
}

function items(value: TreeValue | undefined): readonly TreeObject[] {
  return isList(value) ? value.filter(isObject) : []
}

/** The fields of an object that are texts and not empty. */
function texts<Name extends string>(value: TreeValue | undefined, names: readonly Name[]): { [Key in Name]?: string } {
  const found: { [Key in Name]?: string } = {}
  for (const name of names) {
    const text = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
    if (typeof text === 'string' && text !== '') found[name] = text
  }
  return found
}
