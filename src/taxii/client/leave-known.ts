import { countNoun } from '../../diagnostics/count-noun.js'
import { findPresent } from './find-present.js'
import { versionKey } from './object-version.js'
import type { OutgoingBundle } from './outgoing-bundle.js'
import type { OutgoingObject } from './outgoing-object.js'
import type { PushRun } from './push-run.js'
import { describeObject } from './report-outcome.js'

/**
 * The objects of a bundle that have to be sent: neither sent with an earlier bundle of the run (`all.stix.json` holds what the
 * bundles beside it hold) nor in the collection, as far as the server tells.
 */
export async function leaveKnown(bundle: OutgoingBundle, run: PushRun): Promise<readonly OutgoingObject[]> {
  const fresh = leaveSeen(bundle, run)
  if (fresh.length === 0 || !run.canAskContents) return fresh
  const { address, send, surroundings: { report, progress } } = run
  const present = await findPresent(fresh, address, send, (done) => progress?.('Looking up objects', done, fresh.length))
  if ('problem' in present) {
    run.canAskContents = false
    const { message } = present.problem
    report('push/unknown-contents', { message: `The server ${message}: everything is sent, whatever the collection holds` })
    return fresh
  }
  return fresh.filter(({ id, version }) => !present.keys.has(versionKey(id, version)))
}

function leaveSeen({ document, objects }: OutgoingBundle, { seen, surroundings }: PushRun): readonly OutgoingObject[] {
  const contradicting: OutgoingObject[] = []
  const fresh = objects.filter((object) => {
    const key = versionKey(object.id, object.version)
    const earlier = seen.get(key)
    if (!earlier) seen.set(key, object)
    else if (JSON.stringify(earlier.value) !== JSON.stringify(object.value)) contradicting.push(object)
    return !earlier
  })
  const [first] = contradicting
  if (first) {
    const others = contradicting.length - 1
    const more = others === 0 ? '' : `; so have ${countNoun(others, 'other')}`
    surroundings.report('push/two-contents', {
      message: `An object has other contents than in a bundle sent before, in the same version${more}`,
      ...describeObject(first, document),
      count: contradicting.length,
    })
  }
  return fresh
}

