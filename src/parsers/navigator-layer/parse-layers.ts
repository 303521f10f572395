import type { TreeDocument, TreeValue } from '../../formats/decoded.js'
import { isList, isObject } from '../../formats/tree-value.js'
import { createMappingSet } from '../../model/create-mapping-set.js'
import type { MappingSet } from '../../model/mapping-set.js'
import { unknownFramework } from '../../model/unknown-framework.js'
import type { ParseContext } from '../parser.js'
import { describeValue } from '../reading/describe-value.js'
import { createFileReader, type FileReader } from '../reading/file-reader.js'
import { checkVersion } from './check-version.js'
import type { LayerDraft } from './layer-draft.js'
import { readHead } from './layer-head.js'
import { readEntries } from './read-entries.js'
import { isOwnLayer } from './own-facts.js'
import { listsCapabilities, readCtidLayer } from './read-ctid-layer.js'
import { readOwnLayer } from './read-own-layer.js'
import { readPlainLayer } from './read-plain-layer.js'

/** The sets of a file of layers, one for each layer that holds something. */
export async function parseLayers(document: TreeDocument, context: ParseContext): Promise<readonly MappingSet[]> {
  const reader = createFileReader(document, context.report)
  const { value } = document
  const layers: readonly (readonly [TreeValue, string])[] = isList(value)
    ? value.map((layer, index) => [layer, `/${index}`])
    : [[value, '']]
  const sets: MappingSet[] = []
  for (const [layer, pointer] of layers) {
    const draft = await readLayer(layer, pointer, reader, context)
    if (!draft) continue
    if (draft.mappings.length === 0) {
      reader.report('parse/no-mappings', pointer, { message: 'The layer tells of no technique what is mapped to it' })
    } else if (draft.framework.id === unknownFramework && context.statements.framework === undefined) {
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
  if (!checkVersion(layer, pointer, reader)) return undefined
  const head = readHead(layer, pointer, reader)
  const entries = readEntries(layer.techniques, `${pointer}/techniques`, reader)
  if (isOwnLayer(head)) return readOwnLayer(head, entries, pointer, reader)
  if (listsCapabilities(head, entries)) return readCtidLayer(head, entries, reader, context)
  return readPlainLayer(head, entries, reader)
}
