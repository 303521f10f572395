import { isList, isObject, type TableSheet, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import type { About, AttackRelease, Capability, Relation } from '../../model/mapping-set.js'
import type { Person, RowRelease } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import { objectsOf } from '../reading/read-text.js'
import type { RowFacts, SetFacts } from './described-sets.js'

/** Namespace of the properties that CSV on the Web does not define. Their schema is schemas/csv-metadata.schema.json. */
const namespace = 'https://attack-crosswalk.example/ns#'

const aboutNames = ['name', 'contact', 'organization', 'mappingVersion', 'created', 'modified', 'versionSchema'] as const

/** Contents of the metadata file of a CSV table. */
export interface CsvMetadataFacts {
  readonly sets: readonly SetFacts[]
  /** Cells that a spreadsheet would run as formulas are prefixed with an apostrophe. */
  readonly formulasEscaped?: boolean
}

/** Reads a metadata file that Crosswalk wrote ("….csv-metadata.json"); undefined for any other. Values of another shape are skipped. */
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
    details: new Map(objectsOf(set.row_details).flatMap((item) => {
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
  return objectsOf(value).flatMap((item) => {
    const { id, name, description } = texts(item, ['id', 'name', 'description'])
    return id === undefined ? [] : [{ id, name: name ?? id, ...stated({ description }) }]
  })
}

function readCapabilities(value: TreeValue | undefined): readonly Capability[] {
  return objectsOf(value).flatMap((item) => {
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

/** The named fields of an object that are non-empty strings. */
function texts<Name extends string>(value: TreeValue | undefined, names: readonly Name[]): { [Key in Name]?: string } {
  const found: { [Key in Name]?: string } = {}
  for (const name of names) {
    const text = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
    if (typeof text === 'string' && text !== '') found[name] = text
  }
  return found
}

const rowFact = /^(author|own) (name|contact|organization|attackVersion|domain|framework|frameworkVersion)$/

/** A heading of the Read me sheet and the lines below it. */
interface Block {
  readonly heading: string
  readonly lines: readonly (readonly string[])[]
}

/**
 * Reads the Read me sheet of a workbook that Crosswalk wrote: a block of facts for each set, and its lists. Empty for other sheets. An entry
 * of a list whose id is blank gets its name as its id, since rows print names; `onBlank` is called with the list.
 */
export function readReadMe(sheet: TableSheet, onBlank: (list: string) => void): readonly SetFacts[] {
  const blocks = splitBlocks(sheet.rows)
  const abouts = blocks.filter(({ lines }) => lines.some(([name]) => name === 'Framework id'))
  return abouts.flatMap((about) => {
    const suffix = abouts.length > 1 ? ` of ${about.heading}` : ''
    const list = (heading: string) => blocks.find((block) => block.heading === `${heading}${suffix}`)?.lines.slice(1) ?? []
    return readSetBlock(about.lines, list, onBlank) ?? []
  })
}

function readSetBlock(
  about: Block['lines'], list: (heading: string) => Block['lines'], onBlank: (list: string) => void,
): SetFacts | undefined {
  const entries = (heading: string): readonly Relation[] => readEntryLines(list(heading), () => { onBlank(heading) })
  const facts = new Map(about.flatMap(([name, value]) => {
    const isStated = name !== undefined && value !== undefined && value !== 'not stated'
    return isStated ? [[name, value] as const] : []
  }))
  const id = facts.get('Framework id')
  const domain = facts.get('ATT&CK domain')
  const created = facts.get('Created')
  if (id === undefined) return undefined
  return {
    framework: { id, name: facts.get('Framework') ?? id, ...stated({ version: facts.get('Framework version') }) },
    attack: stated({ domain: domain === undefined ? undefined : readDomain(domain), version: facts.get('ATT&CK version') }),
    about: stated({
      mappingVersion: facts.get('Mapping version'),
      name: facts.get('Author'),
      contact: facts.get('Contact'),
      organization: facts.get('Organisation'),
      // "2024-12-31 (supplied …)" is from the command line, not from a document.
      created: created?.includes('(') === true ? undefined : created,
      modified: facts.get('Last updated'),
      versionSchema: facts.get('How the framework counts versions'),
    }),
    relations: entries('Mapping types'),
    groups: entries('Capability groups'),
    capabilities: [],
    details: readDetailLines(list('Further facts of single rows')),
  }
}

function readEntryLines(lines: Block['lines'], onBlank: () => void): readonly Relation[] {
  return lines.flatMap(([written, name, description]) => {
    if (written === undefined) return []
    const isBlank = written.trim() === ''
    const id = isBlank ? name?.trim() : written
    if (isBlank) onBlank()
    if (id === undefined || id === '') return []
    return [{ id, name: name || id, ...stated({ description: description || undefined }) }]
  })
}

function readDetailLines(lines: Block['lines']): ReadonlyMap<string, RowFacts> {
  const details = new Map<string, { author?: Record<string, string>; release?: Record<string, string> }>()
  for (const [id, fact, value] of lines) {
    const [, kind, field] = rowFact.exec(fact ?? '') ?? []
    if (id === undefined || value === undefined || kind === undefined || field === undefined) continue
    const row = details.get(id) ?? {}
    const part = kind === 'author' ? 'author' : 'release'
    row[part] = { ...row[part], [field]: value }
    details.set(id, row)
  }
  return new Map(Array.from(details, ([id, { author, release }]) => [id, {
    ...(author && { author: author satisfies Person }),
    ...(release && { release: readRelease(release) }),
  }]))
}

function readRelease({ domain, attackVersion, framework, frameworkVersion }: Readonly<Record<string, string>>): RowRelease {
  return stated({ domain: domain === undefined ? undefined : readDomain(domain), attackVersion, framework, frameworkVersion })
}

/** A heading is the only cell of its row, and the row above it is blank. */
function splitBlocks(rows: TableSheet['rows']): readonly Block[] {
  const blocks: { heading: string; lines: (readonly string[])[] }[] = []
  for (const [index, row] of rows.entries()) {
    if (row.length === 0) continue
    const [heading] = row
    if (row.length === 1 && heading !== undefined && (rows[index - 1]?.length ?? 0) === 0) blocks.push({ heading, lines: [] })
    else blocks.at(-1)?.lines.push(row)
  }
  return blocks
}
