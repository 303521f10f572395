import type { OutgoingObject } from './outgoing-object.js'

/** What goes into one request at most. A single object goes alone even if it is larger. */
export interface BatchLimits {
  readonly objects: number
  /** Of the envelope's JSON. */
  readonly bytes: number
}

/** An envelope (TAXII 2.1, section 3.7), and the objects in it. */
export interface Batch {
  readonly objects: readonly OutgoingObject[]
  readonly body: string
  readonly bytes: number
}

const head = '{"objects":['
const tail = ']}'
const encoder = new TextEncoder()

/** The next objects from a position on, in their order, as far as the limits allow. There must be one at least. */
export function takeBatch(objects: readonly OutgoingObject[], from: number, limits: BatchLimits): Batch {
  const parts: string[] = []
  let bytes = head.length + tail.length
  for (const { value } of objects.slice(from, from + limits.objects)) {
    const part = JSON.stringify(value)
    const size = encoder.encode(part).byteLength + (parts.length > 0 ? 1 : 0)
    if (parts.length > 0 && bytes + size > limits.bytes) break
    parts.push(part)
    bytes += size
  }
  return { objects: objects.slice(from, from + parts.length), body: `${head}${parts.join(',')}${tail}`, bytes }
}
