import type { Score } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { LayerEntry } from './read-entries.js'

/** What a layer of CTID's says of one capability and a technique. */
export interface CapabilityRow {
  readonly capability: string
  readonly relation?: string
  readonly score?: Score
  readonly comments?: string
}

/** Whether an entry of metadata names the capability of a new row. */
export function startsRow(name: string): boolean {
  return /^(?:capability|control)$/i.test(name)
}

/**
 * The capabilities of an entry: each block of its metadata ("capability" or "control", "category", "value", "comment"), then
 * those that only the comment lists. A list counts where there are as many as the score says: then it is no sentence that
 * happens to begin alike.
 */
export function listCapabilityRows(entry: LayerEntry): readonly CapabilityRow[] {
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
