import type { TableSheet } from '../../formats/decoded.js'
import type { Person, RowRelease } from '../../model/mapping.js'
import type { Relation } from '../../model/mapping-set.js'
import { readDomain } from '../../model/read-domain.js'
import { stated } from '../../model/stated.js'
import type { RowFacts, SetFacts } from './set-facts.js'

const rowFact = /^(author|own) (name|contact|organization|attackVersion|domain|framework|frameworkVersion)$/

/** Lines of the sheet Read me below a heading. */
interface Block {
  readonly heading: string
  readonly lines: readonly (readonly string[])[]
}

/**
 * Reads the sheet Read me of one of our workbooks: a block of facts for each set, and its lists. Empty when the sheet is
 * another's.
 */
export function readReadMe(sheet: TableSheet): readonly SetFacts[] {
  const blocks = splitBlocks(sheet.rows)
  const abouts = blocks.filter(({ lines }) => lines.some(([name]) => name === 'Framework id'))
  return abouts.flatMap((about) => {
    const suffix = abouts.length > 1 ? ` of ${about.heading}` : ''
    const list = (heading: string) => blocks.find((block) => block.heading === `${heading}${suffix}`)?.lines.slice(1) ?? []
    return readSet(about.lines, list) ?? []
  })
}

function readSet(about: Block['lines'], list: (heading: string) => Block['lines']): SetFacts | undefined {
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
      // A date that was supplied when the workbook was made is no document's: "2024-12-31 (supplied …)".
      created: created?.includes('(') === true ? undefined : created,
      modified: facts.get('Last updated'),
      versionSchema: facts.get('How the framework counts versions'),
    }),
    relations: readEntries(list('Mapping types')),
    groups: readEntries(list('Capability groups')),
    capabilities: [],
    details: readDetails(list('Further facts of single rows')),
  }
}

function readEntries(lines: Block['lines']): readonly Relation[] {
  return lines.flatMap(([id, name, description]) => {
    if (id === undefined) return []
    return [{ id, name: name || id, ...stated({ description: description || undefined }) }]
  })
}

function readDetails(lines: Block['lines']): ReadonlyMap<string, RowFacts> {
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

/** A heading stands alone on its line, after a blank one. */
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
