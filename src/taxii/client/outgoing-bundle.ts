import type { TreeDocument } from '../../formats/decoded.js'
import { isTreeObject, itemsOf, textOf } from '../../validation/tree-fields.js'
import { versionOf } from './object-version.js'
import type { OutgoingObject } from './outgoing-object.js'

/** A valid bundle on its way to a collection. */
export interface OutgoingBundle {
  readonly document: TreeDocument
  /** "2.1", or "2.0". */
  readonly specVersion: string
  /** In the bundle's order: what others refer to comes first. */
  readonly objects: readonly OutgoingObject[]
}

/** Takes a valid bundle apart (STIX 2.1, section 8). */
export function readOutgoingBundle(document: TreeDocument): OutgoingBundle {
  const objects = itemsOf(document.value, 'objects').flatMap((value, index) => {
    const id = textOf(value, 'id')
    if (!isTreeObject(value) || id === undefined) return []
    return [{ value, id, version: versionOf(value), pointer: `/objects/${index}` }]
  })
  return { document, specVersion: textOf(document.value, 'spec_version') ?? '2.1', objects }
}
