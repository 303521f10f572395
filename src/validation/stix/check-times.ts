import { textOf, type TreeObject } from '../tree-fields.js'
import type { Site } from './site.js'
import { compareStixTimes, isStixTime } from './stix-time.js'
import type { TimeOrder } from './type-rules.js'

const versions: TimeOrder = ['created', 'modified', 'not after']

/** The order of an object's times: created before modified, and those of its type. */
export function checkTimes(object: TreeObject, orders: readonly TimeOrder[] = [], site: Site): void {
  checkOrder(object, versions, site)
  for (const order of orders) checkOrder(object, order, site)
}

function checkOrder(object: TreeObject, [earlier, later, relation]: TimeOrder, site: Site): void {
  const [first, second] = [textOf(object, earlier), textOf(object, later)]
  if (first === undefined || second === undefined || !isStixTime(first) || !isStixTime(second)) return
  const difference = compareStixTimes(first, second)
  if (difference < 0 || (difference === 0 && relation !== 'before')) return
  site.tell({
    code: relation === 'not after by custom' ? 'verify/doubtful' : 'verify/meaning',
    message: `${later} is ${difference === 0 ? 'the same time as' : 'before'} ${earlier}`,
    found: second.slice(0, 100),
    expected: `a time ${relation === 'before' ? 'after' : 'not before'} ${first.slice(0, 100)}`,
    steps: [later],
  })
}
