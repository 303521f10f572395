import { isObject, itemsOf, textOf, type TreeDocument, type TreeObject } from '../../formats/decoded.js'

/** A valid bundle to push. */
export interface OutgoingBundle {
  readonly document: TreeDocument
  /** "2.1" or "2.0". */
  readonly specVersion: string
  /** In the bundle's order: objects come after those they refer to. */
  readonly objects: readonly OutgoingObject[]
}

/** Lists the objects of a valid bundle (STIX 2.1, section 8). */
export function readOutgoingBundle(document: TreeDocument): OutgoingBundle {
  const objects = itemsOf(document.value, 'objects').flatMap((value, index) => {
    const id = textOf(value, 'id')
    if (!isObject(value) || id === undefined) return []
    return [{ value, id, version: versionOf(value), pointer: `/objects/${index}` }]
  })
  return { document, specVersion: textOf(document.value, 'spec_version') ?? '2.1', objects }
}

/** An object to push. */
export interface OutgoingObject {
  readonly value: TreeObject
  readonly id: string
  readonly version: string | undefined
  /** Its JSON pointer in the bundle. */
  readonly pointer: string
}

/**
 * The version of an object in a collection: `modified`, else `created` (TAXII 2.1, section 4.3.1). Undefined if it has neither; then
 * the id alone identifies it.
 */
function versionOf(object: TreeObject): string | undefined {
  const version = textOf(object, 'modified') ?? textOf(object, 'created')
  return version === undefined ? undefined : normaliseVersion(version)
}

/** A timestamp without trailing zeros in the fraction: some servers write "…00Z" for "…00.000Z". */
export function normaliseVersion(version: string): string {
  const [end, digits = ''] = /\.(\d{1,20})Z$/.exec(version) ?? []
  if (end === undefined) return version
  const needed = digits.replace(/0+$/, '')
  return `${version.slice(0, -end.length)}${needed === '' ? '' : `.${needed}`}Z`
}

/** A key for one version of an object. */
export function versionKey(id: string, version: string | undefined): string {
  return version === undefined ? id : `${id} ${version}`
}

/** The largest request, in bytes, even if the server accepts larger ones. */
export const mostBytes = 8_000_000

/** A dry run's counts for a bundle: the requests to an empty collection. */
export interface PlannedFile {
  readonly path: string
  readonly objects: number
  /** Without objects that an earlier bundle of the run contains. */
  readonly toSend: number
  readonly requests: number
  readonly bytes: number
}

/** Plans what to send, without requests to a server. `batch`: the most objects in one request. */
export function planBatches(bundles: readonly OutgoingBundle[], batch: number): readonly PlannedFile[] {
  const seen = new Set<string>()
  return bundles.map(({ document, objects }) => {
    const fresh = objects.filter(({ id, version }) => {
      const key = versionKey(id, version)
      const isNew = !seen.has(key)
      seen.add(key)
      return isNew
    })
    const plan = { path: document.file.path, objects: objects.length, toSend: fresh.length, requests: 0, bytes: 0 }
    for (let position = 0; position < fresh.length; plan.requests += 1) {
      const taken = takeBatch(fresh, position, { objects: batch, bytes: mostBytes })
      position += taken.objects.length
      plan.bytes += taken.bytes
    }
    return plan
  })
}

/** Limits of one request. A single larger object is sent alone. */
export interface BatchLimits {
  readonly objects: number
  /** The size of the envelope's JSON. */
  readonly bytes: number
}

/** An envelope (TAXII 2.1, section 3.7), and the objects in it. */
interface Batch {
  readonly objects: readonly OutgoingObject[]
  readonly body: string
  readonly bytes: number
}

const head = '{"objects":['
const tail = ']}'
const encoder = new TextEncoder()

/** Takes the next objects from a position on, in order, within the limits, but at least one. */
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
