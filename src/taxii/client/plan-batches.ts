import { versionKey } from './object-version.js'
import type { OutgoingBundle } from './outgoing-bundle.js'
import { takeBatch } from './take-batch.js'

/** The largest request that is tried, in bytes, even where a server says that it takes more. */
export const mostBytes = 8_000_000

/** What would be sent of a bundle to an empty collection. */
export interface PlannedFile {
  readonly path: string
  readonly objects: number
  /** Without those that an earlier bundle of the run holds too. */
  readonly toSend: number
  readonly requests: number
  readonly bytes: number
}

/** What would be sent, without asking a server anything. `batch`: the most objects in one request. */
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
