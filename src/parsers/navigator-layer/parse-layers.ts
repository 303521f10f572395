import { isList, isObject, itemsOf, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { findExcess, reportExcess, usualLimits } from '../../formats/limits.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { createMappingSet, type MappingSet, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import { createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { type LayerDraft, type LayerEntry, type LayerHead, readEntries, readHead, refuseEntry, seenEntries } from './layer-content.js'
import { reportOtherMatrix } from './layer-domain.js'
import { isOwnLayer } from './own-metadata.js'
import { listsCapabilities, readCtidLayer } from './read-ctid-layer.js'
import { isOneControl, readOneControl } from './control-blocks.js'
import { readOwnLayer } from './read-own-layer.js'

/** Reads a file of layers: one mapping set for each layer with mappings. */
export async function parseLayers(document: TreeDocument, context: ParseContext): Promise<readonly MappingSet[]> {
  const reader = createFileReader(document, context.report)
  const { value } = document
  const layers: readonly (readonly [TreeValue, string])[] = isList(value)
    ? value.map((layer, index) => [layer, `/${index}`])
    : [[value, '']]
  const { limits = usualLimits } = context
  // Before entries are read, which then take ten times the memory of the file.
  const excess = findExcess({ mappings: layers.reduce((sum, [layer]) => sum + itemsOf(layer, 'techniques').length, 0) }, limits)
  if (excess) {
    reportExcess(excess, document.file, limits, context.report)
    return []
  }
  const sets: MappingSet[] = []
  for (const [layer, pointer] of layers) {
    const draft = await readLayer(layer, pointer, reader, context)
    if (!draft) continue
    if (draft.mappings.length === 0) {
      const message = 'The layer contains no mappings: its techniques are empty, disabled or unreadable'
      reader.report('parse/no-mappings', pointer, { message })
    } else if (draft.framework.id === unknownFramework.id && context.statements.framework === undefined) {
      reader.report('parse/unknown-framework', pointer, { count: draft.mappings.length })
    }
    const { file } = document
    const sources = [{ name: file.name, sha256: file.sha256, parser: 'navigator-layer', rows: draft.mappings.length }]
    if (draft.mappings.length > 0) sets.push(createMappingSet({ ...draft, sources }))
  }
  if (layers.length === 0) reader.report('parse/no-mappings', '', { found: 'an empty list' })
  reader.reportCounts()
  return sets
}

async function readLayer(
  layer: TreeValue, pointer: string, reader: FileReader, context: ParseContext,
): Promise<LayerDraft | undefined> {
  if (!isObject(layer) || !isList(layer.techniques)) {
    const found = describeValue(isObject(layer) ? layer.techniques : layer)
    const message = 'The layer has no list of techniques'
    reader.report('parse/invalid-document', pointer, { message, found, expected: 'techniques: a list' })
    return undefined
  }
  if (reportOtherMatrix(layer, pointer, reader) || !checkVersion(layer, pointer, reader)) return undefined
  context.seen?.(seenEntries(layer.techniques, `${pointer}/techniques`))
  const head = readHead(layer, pointer, reader)
  const entries = readEntries(layer.techniques, `${pointer}/techniques`, reader)
  if (isOwnLayer(head)) return readOwnLayer(head, entries, pointer, reader)
  if (isOneControl(entries)) return readOneControl(head, entries, pointer, reader, context)
  if (listsCapabilities(head, entries)) return readCtidLayer(head, entries, reader, context)
  return readPlainLayer(head, entries, reader)
}

/** Newest supported version of the format. */
const newest = { major: 4, minor: 5 }

/**
 * Whether a layer is read: formats 1.0 to 4.5, which differ in how domain and version are written and in appearance. A layer without a
 * version, or with a newer minor version, is read and reported; one of a newer major version is skipped.
 */
function checkVersion(layer: TreeObject, pointer: string, reader: FileReader): boolean {
  const { place, written } = findVersion(layer, pointer)
  const expected = `1.0 to ${newest.major}.${newest.minor}`
  const text = typeof written === 'number' ? String(written) : typeof written === 'string' ? written.trim() : ''
  const [, major, minor = '0'] = /^v?(\d{1,3})(?:\.(\d{1,3}))?(?:\.\d{1,3})?$/i.exec(text) ?? []
  if (major === undefined) {
    const message = text === '' ? 'The layer does not state its format version; it was read as 4.5' : 'The format of the layer is unknown'
    reader.report('parse/unknown-value', place, { message, ...(text !== '' && { found: describeValue(text) }), expected })
    return true
  }
  const found = `${major}.${minor}`
  if (Number(major) > newest.major) {
    const message = `Layer format ${found} is newer than the supported versions; the layer was skipped`
    reader.report('parse/unsupported-version', place, { message, found, expected })
    return false
  }
  if (Number(major) === newest.major && Number(minor) > newest.minor) {
    const message = `Layer format ${found} is newer than the supported versions; the layer was read as 4.${newest.minor}`
    reader.report('parse/unknown-value', place, { message, found, expected })
  }
  return true
}

/** The format's version: `versions.layer` since 4.0, `version` before. */
function findVersion({ versions, version }: TreeObject, pointer: string) {
  return isObject(versions) && (versions.layer !== undefined || version === undefined)
    ? { place: `${pointer}/versions/layer`, written: versions.layer }
    : { place: `${pointer}/version`, written: version }
}

/**
 * Reads a layer of any other origin: the layer itself is the capability that its author relates to the techniques. The score
 * stays a number, or the word that is in its place; metadata and the legend label of the colour are appended to the comment.
 */
function readPlainLayer(head: LayerHead, entries: readonly LayerEntry[], reader: FileReader): LayerDraft {
  const id = describeFramework(head.name).id
  const mappings = entries.flatMap((entry): readonly Mapping[] => {
    if (entry.techniqueId === undefined) {
      refuseEntry(entry, 'a null or missing techniqueID', reader)
      return []
    }
    const comments = writeComments(head, entry)
    return [{
      kind: 'mapped',
      origins: entry.origins,
      capability: { id, description: head.name },
      technique: { id: entry.techniqueId },
      ...stated({
        score: entry.score === undefined ? undefined : { value: entry.score },
        comments: comments === '' ? undefined : comments,
        references: entry.links.length === 0 ? undefined : entry.links,
      }),
    }]
  })
  return {
    framework: unknownFramework,
    attack: stated({ domain: head.domain, version: head.attackVersion }),
    capabilities: [{ id, name: head.name, ...stated({ description: head.description }) }],
    mappings,
  }
}

function writeComments({ legend }: LayerHead, { comment, color, metadata }: LayerEntry): string {
  const meaning = color === undefined ? undefined : legend.get(color)
  const texts = metadata.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`)
  const facts = meaning === undefined ? texts : [...texts, `Legend: ${meaning}`]
  return [comment, facts.join('\n')].filter((block) => block !== undefined && block !== '').join('\n\n')
}
