import { describeFramework } from '../../frameworks/find-framework.js'
import { type KnownCapability, loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import { type FrameworkRelease, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping, Score } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { scoreCategories, scoreValues } from '../../model/vocabulary.js'
import type { ParseContext } from '../parser.js'
import type { FileReader } from '../reading/file-reader.js'
import { type LayerDraft, type LayerEntry, type LayerHead, refuseEntry } from './layer-content.js'

/**
 * Whether a layer is of one control, as CTID's Security Stack program writes them: scores of CTID's in the metadata of entries, and no
 * control named there, since the layer is the control.
 */
export function isOneControl(entries: readonly LayerEntry[]): boolean {
  return entries.some(({ metadata }) => isScored(metadata)) && !entries.some(({ metadata }) => metadata.some(([name]) => startsRow(name)))
}

/**
 * Reads a layer of one control: a row for each score of a technique. The control is the layer's name; if a published mapping file has it
 * ("AWS CloudHSM" is `aws_cloudhsm`), its id and framework are that file's, which is reported.
 */
export async function readOneControl(
  head: LayerHead, entries: readonly LayerEntry[], pointer: string, reader: FileReader, context: ParseContext,
): Promise<LayerDraft> {
  const known = await findCapability(head.name)
  const id = known?.id ?? describeFramework(head.name).id
  const capability = { id, description: head.name }
  const mappings = entries.flatMap((entry): readonly Mapping[] => {
    const { techniqueId, origins } = entry
    if (techniqueId === undefined) {
      refuseEntry(entry, 'a null or missing techniqueID', reader)
      return []
    }
    const technique = { id: techniqueId }
    return readScores(entry, id, reader).map((row): Mapping => ({ kind: 'mapped', origins, technique, ...row, capability }))
  })
  return {
    framework: known && context.statements.framework === undefined ? reportFramework(known, head, pointer, reader) : unknownFramework,
    attack: stated({ domain: head.domain, version: head.attackVersion }),
    capabilities: [{ id, name: head.name, ...stated({ description: head.description }) }],
    mappings,
  }
}

/** The score of the entry is the best of its blocks, and counts only without any; other metadata without a block becomes the comment. */
function readScores(entry: LayerEntry, id: string, reader: FileReader) {
  const blocks = readBlocks(entry.metadata, id)
  if (blocks.length > 0) return addEntryText(blocks, entry, reader)
  const texts = entry.metadata.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`)
  const row = {
    capability: id,
    ...stated({
      score: entry.score === undefined ? undefined : { value: entry.score },
      comments: texts.length === 0 ? undefined : texts.join('\n'),
    }),
  }
  return addEntryText([row], entry, reader)
}

/** The only known capability with the id that CTID derives from the name: lower case, spaces as underscores. */
async function findCapability(name: string): Promise<KnownCapability | undefined> {
  const id = name.toLowerCase().replaceAll(' ', '_')
  const prefix = (await loadKnownCapabilities()).longestPrefix(id)
  const [only, ...others] = prefix?.length === id.length ? prefix.owners : []
  return others.length === 0 ? only : undefined
}

function reportFramework(known: KnownCapability, head: LayerHead, pointer: string, reader: FileReader): FrameworkRelease {
  const { id, name } = describeFramework(known.framework)
  reader.report('parse/guessed-framework', `${pointer}/name`, {
    message: `The layer is of one control, "${head.name}", which is ${known.id} of ${name}; that framework is assumed`,
    found: head.name,
    hint: 'If it is of another framework, name that with --framework.',
  })
  return { id, name }
}

/** A capability that a layer names for a technique, and what it says of it. */
export interface CapabilityRow {
  readonly capability: string
  readonly relation?: string
  readonly score?: Score
  readonly comments?: string
  readonly references?: readonly string[]
}

/** Whether a metadata entry contains a capability, and so starts a row. */
export function startsRow(name: string): boolean {
  return /^(?:capability|control)$/i.test(name)
}

/** Whether the metadata of an entry is a score of CTID's: a category, with a value of CTID's scale if any. */
function isScored(metadata: LayerEntry['metadata']): boolean {
  const has = (field: string, words: readonly string[]): boolean =>
    metadata.some(([name, value]) => name.toLowerCase() === field && words.includes(value.toLowerCase()))
  return has('category', scoreCategories) && (has('value', scoreValues) || !metadata.some(([name]) => name.toLowerCase() === 'value'))
}

interface Block {
  readonly capability: string
  readonly values: Map<string, string>
  readonly others: string[]
}

/**
 * The rows in the metadata of an entry: "capability" or "control" starts a block; "category", "value" and "comment" belong to it. CTID
 * writes further scores of a control as further categories, and only these in a layer of one control, which is then `sole`. Entries
 * of other names are appended to the comments of their block, those before the first block to its.
 */
export function readBlocks(metadata: LayerEntry['metadata'], sole?: string): readonly CapabilityRow[] {
  const blocks: Block[] = []
  const before: string[] = []
  const open = (capability: string): Block => {
    const block = { capability, values: new Map<string, string>(), others: before.splice(0) }
    blocks.push(block)
    return block
  }
  for (const [name, value] of metadata) {
    if (startsRow(name)) {
      open(value)
      continue
    }
    const field = name.toLowerCase()
    let block = blocks.at(-1)
    if (sole !== undefined && fields.has(field)) block ??= open(sole)
    if (value === '') continue
    if (block && field === 'category' && block.values.has(field)) block = open(block.capability)
    if (block && fields.has(field) && !block.values.has(field)) block.values.set(field, value)
    else (block?.others ?? before).push(`${name}: ${value}`)
  }
  return blocks.filter(({ capability }) => capability !== '').map(buildRow)
}

const fields: ReadonlySet<string> = new Set(['category', 'value', 'comment'])

function buildRow({ capability, values, others }: Block): CapabilityRow {
  const score = stated({ category: values.get('category'), value: values.get('value') })
  const comments = [values.get('comment') ?? '', ...others].filter((text) => text !== '').join('\n').replaceAll(/\r\n?/g, '\n')
  return {
    capability,
    ...stated({ score: Object.keys(score).length === 0 ? undefined : score, comments: comments === '' ? undefined : comments }),
  }
}

/**
 * Adds to rows what an entry says beside its blocks: a comment and links. They belong to its only row; of several rows the layer does not
 * say to which, which is reported (`parse/not-attributed`).
 */
export function addEntryText(
  rows: readonly CapabilityRow[], { comment = '', links, pointer }: Pick<LayerEntry, 'comment' | 'links' | 'pointer'>, reader: FileReader,
): readonly CapabilityRow[] {
  const [only, ...others] = rows
  if (!only || (comment === '' && links.length === 0)) return rows
  if (others.length > 0) {
    if (comment !== '') reader.count('parse/not-attributed', 'comments', pointer)
    if (links.length > 0) reader.count('parse/not-attributed', 'references', pointer)
    return rows
  }
  const comments = [only.comments, comment].filter((text) => text !== undefined && text !== '').join('\n\n')
  return [{ ...only, ...stated({ comments: comments === '' ? undefined : comments, references: links.length === 0 ? undefined : links }) }]
}
