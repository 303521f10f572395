import type { DecodedDocument, TreeDocument } from '../formats/decoded.js'

/** The document, where it is a tree of JSON or YAML. */
export function treeOf(document: DecodedDocument): TreeDocument | undefined {
  return document.container === 'json' || document.container === 'yaml' ? document : undefined
}
