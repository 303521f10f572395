import { joinBytes } from '../../formats/join-bytes.js'
import { originalTypes } from './original-types.js'
import { slimObject } from './slim-object.js'
import { createJsonSplitter } from './split-json.js'
import { isStixObject } from './stix-object.js'

const encoder = new TextEncoder()

/** Makes a short bundle of a long one as its bytes come in. */
export interface BundleReducer {
  /** Bytes, cut anywhere. False when no more are wanted: they are no bundle. */
  readonly push: (chunk: Uint8Array) => boolean
  /** The short bundle as JSON in UTF-8; undefined when the bytes were no whole bundle. */
  readonly finish: () => Uint8Array | undefined
}

/**
 * Reduces an ATT&CK bundle to what `loadAttack` may need of it: techniques, identities and markings word for word, and of the
 * rest what the index is made of. Of the 62 MB of a release, some 5 MB. What is wrong with a bundle is said by who reads it
 * whole.
 */
export function createBundleReducer(): BundleReducer {
  const kept: Uint8Array[] = []
  const none = -1
  let isBroken = false
  const splitter = createJsonSplitter((entry) => {
    const object: unknown = JSON.parse(entry)
    if (!isStixObject(object)) return none
    const slim = slimObject(object)
    if (originalTypes.has(object['type'])) return kept.push(encoder.encode(entry)) - 1
    return slim ? kept.push(encoder.encode(JSON.stringify(slim))) - 1 : none
  })

  function attempt<Result>(action: () => Result): Result | undefined {
    if (isBroken) return undefined
    try {
      return action()
    } catch {
      isBroken = true
      return undefined
    }
  }

  return {
    push(chunk) {
      attempt(() => splitter.push(chunk))
      return !isBroken
    },
    finish: () => attempt(() => {
      const { frame, isCutOff } = splitter.finish()
      const bundle: unknown = isCutOff ? undefined : JSON.parse(frame.replace(/^\uFEFF/, ''))
      if (!isStixObject(bundle) || bundle['type'] !== 'bundle' || !Array.isArray(bundle['objects'])) return undefined
      const objects = bundle['objects'].flatMap((entry: unknown) => {
        const [position] = Array.isArray(entry) ? entry : []
        return typeof position === 'number' ? kept[position] ?? [] : []
      })
      return joinObjects(objects)
    }),
  }
}

function joinObjects(objects: readonly Uint8Array[]): Uint8Array {
  const parts = objects.flatMap((object, index) => (index === 0 ? [object] : [encoder.encode(','), object]))
  return joinBytes([encoder.encode('{"type":"bundle","objects":['), ...parts, encoder.encode(']}')])
}
