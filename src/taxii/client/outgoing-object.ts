import type { TreeObject } from '../../validation/tree-fields.js'

/** An object of a bundle on its way to a collection. */
export interface OutgoingObject {
  readonly value: TreeObject
  readonly id: string
  readonly version: string | undefined
  /** Its place in the bundle. */
  readonly pointer: string
}
