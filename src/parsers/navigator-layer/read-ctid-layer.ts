import { describeFramework } from '../../frameworks/describe-framework.js'
import { frameworkByLabel } from '../../frameworks/framework-by-label.js'
import { loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import { tellFrameworks } from '../../frameworks/tell-frameworks.js'
import type { Mapping } from '../../model/mapping.js'
import type { FrameworkRelease } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import { unknownFramework } from '../../model/unknown-framework.js'
import type { ParseContext } from '../parser.js'
import type { FileReader } from '../reading/file-reader.js'
import { listCapabilityRows, startsRow, type CapabilityRow } from './list-capability-rows.js'
import type { LayerDraft } from './layer-draft.js'
import type { LayerHead } from './layer-head.js'
import type { LayerEntry } from './read-entries.js'

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
    framework: await tellFramework(head, mappings, context),
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
async function tellFramework(
  { name }: LayerHead, mappings: readonly Mapping[], { statements }: ParseContext,
): Promise<FrameworkRelease> {
  const [, label = '', revision] = /^(.{1,60}?)(?:[ _]r(?:ev)?(\d))? overview$/i.exec(name) ?? []
  const named = frameworkByLabel(label) ?? frameworkByLabel(label.replace(/^nist(?=8)/i, 'nist '))
  const version = revision === undefined ? undefined : `rev${revision}`
  if (named) return { id: named.id, name: named.name, ...stated({ version }) }
  const ids = new Set(mappings.flatMap((row) => (row.kind === 'unmapped-technique' ? [] : [row.capability.id])))
  const [first] = ids
  const isOpen = statements.framework === undefined && first !== undefined
  const told = isOpen ? tellFrameworks(ids, await loadKnownCapabilities())(first) : undefined
  if (told === undefined) return { id: unknownFramework, name: 'Unknown' }
  return { id: told, name: describeFramework(told).name }
}
