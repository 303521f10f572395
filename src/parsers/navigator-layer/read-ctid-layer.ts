import { describeFramework, detectFrameworks, frameworkByLabel } from '../../frameworks/find-framework.js'
import { loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import { type FrameworkRelease, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping, Score } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import type { FileReader } from '../reading/file-reader.js'
import type { LayerDraft, LayerEntry, LayerHead } from './layer-content.js'

/** CTID's tools say of every layer what its scores count. */
const countsCapabilities = /number of associated/i

/** Whether a layer lists capabilities, as those of CTID and mapex do: in metadata, or in comments that its scores count. */
export function listsCapabilities({ description = '' }: LayerHead, entries: readonly LayerEntry[]): boolean {
  return countsCapabilities.test(description) || entries.some(({ metadata }) => metadata.some(([name]) => startsRow(name)))
}

/** A row for each capability that a layer of CTID's lists for a technique. */
export async function readCtidLayer(
  head: LayerHead, entries: readonly LayerEntry[], reader: FileReader, context: ParseContext,
): Promise<LayerDraft> {
  const mappings = entries.flatMap((entry): readonly Mapping[] => {
    const rows = listCapabilityRows(entry)
    if (rows.length === 0) {
      reader.count('parse/missing-capability', 'a technique without capabilities in metadata or comment', entry.pointer)
      return entry.techniqueId === undefined ? [] : [{
        kind: 'unmapped-technique',
        origins: entry.origins,
        technique: { id: entry.techniqueId },
        ...stated({ comments: entry.comment }),
      }]
    }
    // mapex collects what maps to nothing under one technique, null.
    if (entry.techniqueId === undefined) {
      reader.report('parse/missing-technique', entry.pointer, { found: 'the techniqueID null', count: rows.length })
    }
    return rows.map((row) => placeRow(row, entry))
  })
  return {
    framework: await detectFramework(head, mappings, context),
    attack: stated({ domain: head.domain, version: head.attackVersion }),
    mappings,
  }
}

function placeRow({ capability, ...facts }: CapabilityRow, { origins, techniqueId }: LayerEntry): Mapping {
  const common = { origins, capability: { id: capability }, ...facts }
  return techniqueId === undefined
    ? { kind: 'unmapped-capability', ...common }
    : { kind: 'mapped', ...common, technique: { id: techniqueId } }
}

/** The layer's name says it ("aws overview", "nist800_53_r4 overview"), or the ids do. */
async function detectFramework(
  { name }: LayerHead, mappings: readonly Mapping[], { statements }: ParseContext,
): Promise<FrameworkRelease> {
  const [, label = '', revision] = /^(.{1,60}?)(?:[ _]r(?:ev)?(\d))? overview$/i.exec(name) ?? []
  const named = frameworkByLabel(label) ?? frameworkByLabel(label.replace(/^nist(?=8)/i, 'nist '))
  const version = revision === undefined ? undefined : `rev${revision}`
  if (named) return { id: named.id, name: named.name, ...stated({ version }) }
  const ids = new Set(mappings.flatMap((row) => (row.kind === 'unmapped-technique' ? [] : [row.capability.id])))
  const [first] = ids
  const isOpen = statements.framework === undefined && first !== undefined
  const told = isOpen ? detectFrameworks(ids, await loadKnownCapabilities())(first) : undefined
  if (told === undefined) return { id: unknownFramework, name: 'Unknown' }
  return { id: told, name: describeFramework(told).name }
}

/** What a layer of CTID's says of one capability and a technique. */
interface CapabilityRow {
  readonly capability: string
  readonly relation?: string
  readonly score?: Score
  readonly comments?: string
}

/** Whether an entry of metadata names the capability of a new row. */
function startsRow(name: string): boolean {
  return /^(?:capability|control)$/i.test(name)
}

/**
 * The capabilities of an entry: each block of its metadata ("capability" or "control", "category", "value", "comment"), then
 * those that only the comment lists. A list counts where there are as many as the score says: then it is no sentence that
 * happens to begin alike.
 */
function listCapabilityRows(entry: LayerEntry): readonly CapabilityRow[] {
  const rows = readBlocks(entry.metadata)
  const { ids, relation } = readList(entry.comment ?? '')
  const known = new Set(rows.map(({ capability }) => capability))
  const isCounted = ids.length === entry.score || new Set(ids).size === entry.score || rows.length > 0
  const rest = isCounted ? ids.filter((id) => !known.has(id)) : []
  return [...rows, ...rest.map((capability) => ({ capability, ...stated({ relation }) }))]
}

function readBlocks(metadata: LayerEntry['metadata']): readonly CapabilityRow[] {
  const blocks: { capability: string; values: Map<string, string>; others: string[] }[] = []
  for (const [name, value] of metadata) {
    if (startsRow(name)) blocks.push({ capability: value, values: new Map(), others: [] })
    const block = blocks.at(-1)
    if (!block || startsRow(name) || value === '') continue
    const field = name.toLowerCase()
    if (fields.has(field) && !block.values.has(field)) block.values.set(field, value)
    else block.others.push(`${name}: ${value}`)
  }
  return blocks.filter(({ capability }) => capability !== '').map(({ capability, values, others }) => {
    const score = stated({ category: values.get('category'), value: values.get('value') })
    const comments = [values.get('comment') ?? '', ...others].filter((text) => text !== '').join('\n').replaceAll(/\r\n?/g, '\n')
    return {
      capability,
      ...stated({ score: Object.keys(score).length === 0 ? undefined : score, comments: comments === '' ? undefined : comments }),
    }
  })
}

const fields: ReadonlySet<string> = new Set(['category', 'value', 'comment'])

/** "Mitigated by AC-1, AC-2", "Related to: •EOP-AntiSpam-E3 •EOP-AP-E3" on lines of their own. */
function readList(comment: string): { readonly ids: readonly string[]; readonly relation?: string } {
  const [lead, word = ''] = /^\s*(related to|mitigated by):?\s*/i.exec(comment) ?? []
  if (lead === undefined) return { ids: [] }
  const rest = comment.slice(lead.length)
  const ids = rest.split(rest.includes('•') ? '•' : ', ').map((id) => id.trim()).filter((id) => id !== '')
  // Only "mitigated by" says what the mapping is; mapex writes "related to" whatever it is.
  return { ids, ...(/^m/i.test(word) && { relation: 'mitigates' }) }
}
