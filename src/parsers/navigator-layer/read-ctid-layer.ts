import { detectFrameworks } from '../../frameworks/detect-frameworks.js'
import { frameworkByLabel } from '../../frameworks/find-framework.js'
import { loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import { type FrameworkRelease, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import { type FileReader, reportGuesses } from '../reading/file-reader.js'
import { addEntryText, type CapabilityRow, readBlocks, startsRow } from './control-blocks.js'
import { type LayerDraft, type LayerEntry, type LayerHead, refuseEntry } from './layer-content.js'

/** Description of the scores in layers by CTID tools. */
const countsCapabilities = /number of associated/i

/** Whether a layer lists capabilities as CTID and mapex layers do: in metadata, or in comments, with their number as the score. */
export function listsCapabilities({ description = '' }: LayerHead, entries: readonly LayerEntry[]): boolean {
  return countsCapabilities.test(description) || entries.some(({ metadata }) => metadata.some(([name]) => startsRow(name)))
}

/** Reads a layer by CTID or mapex: one row for each capability listed for a technique. */
export async function readCtidLayer(
  head: LayerHead, entries: readonly LayerEntry[], reader: FileReader, context: ParseContext,
): Promise<LayerDraft> {
  const mappings = entries.flatMap((entry): readonly Mapping[] => {
    const rows = listCapabilityRows(entry, reader)
    if (rows.length === 0 && entry.techniqueId === undefined) {
      refuseEntry(entry, 'neither a techniqueID nor a capability', reader)
      return []
    }
    if (rows.length === 0) {
      reader.count('parse/missing-capability', 'a technique without capabilities in metadata or comment', entry.pointer)
      return entry.techniqueId === undefined ? [] : [{
        kind: 'unmapped-technique',
        origins: entry.origins,
        technique: { id: entry.techniqueId },
        ...stated({ comments: entry.comment }),
      }]
    }
    // mapex collects capabilities that map to no technique in one entry whose techniqueID is null.
    if (entry.techniqueId === undefined) {
      reader.report('parse/missing-technique', entry.pointer, { found: 'a null techniqueID', count: rows.length })
    }
    return rows.map((row) => buildMapping(row, entry))
  })
  return {
    framework: await detectFramework(head, mappings, context),
    attack: stated({ domain: head.domain, version: head.attackVersion }),
    mappings,
  }
}

function buildMapping({ capability, ...facts }: CapabilityRow, { origins, techniqueId }: LayerEntry): Mapping {
  const common = { origins, capability: { id: capability }, ...facts }
  return techniqueId === undefined
    ? { kind: 'unmapped-capability', ...common }
    : { kind: 'mapped', ...common, technique: { id: techniqueId } }
}

/** The framework in the layer's name ("aws overview", "nist800_53_r4 overview"), else the one that the ids identify. */
async function detectFramework(
  { name }: LayerHead, mappings: readonly Mapping[], { statements, report }: ParseContext,
): Promise<FrameworkRelease> {
  const [, label = '', revision] = /^(.{1,60}?)(?:[ _]r(?:ev)?(\d))? overview$/i.exec(name) ?? []
  const named = frameworkByLabel(label) ?? frameworkByLabel(label.replace(/^nist(?=8)/i, 'nist '))
  const version = revision === undefined ? undefined : `rev${revision}`
  if (named) return { id: named.id, name: named.name, ...stated({ version }) }
  const ids = new Set(mappings.flatMap((row) => (row.kind === 'unmapped-technique' ? [] : [row.capability.id])))
  if (statements.framework !== undefined) return unknownFramework
  const detection = detectFrameworks(ids, await loadKnownCapabilities())
  const [guess, ...others] = detection.guesses
  if (!guess || others.length > 0) return unknownFramework
  reportGuesses(detection, () => mappings[0]?.origins[0], report)
  return { id: guess.framework.id, name: guess.framework.name }
}

/**
 * Capabilities of an entry: each block of its metadata ("capability" or "control", "category", "value", "comment"), then those
 * listed only in the comment. Without metadata, a comment is a list only if its length is the score: otherwise it may be a
 * sentence that begins like one.
 */
function listCapabilityRows(entry: LayerEntry, reader: FileReader): readonly CapabilityRow[] {
  const rows = readBlocks(entry.metadata)
  const { ids, relation } = readList(entry.comment ?? '')
  const known = new Set(rows.map(({ capability }) => capability))
  const isCounted = ids.length === Number(entry.score) || new Set(ids).size === Number(entry.score) || rows.length > 0
  const rest = isCounted ? ids.filter((id) => !known.has(id)) : []
  const all = [...rows, ...rest.map((capability) => ({ capability, ...stated({ relation }) }))]
  // A comment that lists capabilities has been read.
  return addEntryText(all, ids.length > 0 && isCounted ? { ...entry, comment: '' } : entry, reader)
}

/** "Mitigated by AC-1, AC-2", "Related to: •EOP-AntiSpam-E3 •EOP-AP-E3" on lines of their own. */
function readList(comment: string): { readonly ids: readonly string[]; readonly relation?: string } {
  const [lead, word = ''] = /^\s*(related to|mitigated by):?\s*/i.exec(comment) ?? []
  if (lead === undefined) return { ids: [] }
  const rest = comment.slice(lead.length)
  const ids = rest.split(rest.includes('•') ? '•' : ', ').map((id) => id.trim()).filter((id) => id !== '')
  // Only "mitigated by" states a mapping type; mapex writes "related to" for all types.
  return { ids, ...(/^m/i.test(word) && { relation: 'mitigates' }) }
}
