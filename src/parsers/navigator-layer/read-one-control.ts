import { describeFramework } from '../../frameworks/find-framework.js'
import { type KnownCapability, loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import { type FrameworkRelease, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import type { FileReader } from '../reading/file-reader.js'
import { addEntryText, isScored, readBlocks, startsRow } from './control-blocks.js'
import type { LayerDraft, LayerEntry, LayerHead } from './layer-content.js'

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
      origins.forEach(() => reader.count('parse/unreadable-row', 'a null or missing techniqueID', entry.pointer))
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
