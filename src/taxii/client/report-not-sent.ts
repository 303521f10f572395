import { countNoun } from '../../diagnostics/count-noun.js'
import type { OutgoingBundle } from './outgoing-bundle.js'
import type { Problem } from './problem.js'
import type { PushRun } from './push-run.js'
import { originOf } from './report-outcome.js'

/** Tells that objects of a bundle were not sent, and why: a whole sentence. */
export function reportNotSent({ document }: OutgoingBundle, count: number, why: Problem, { surroundings }: PushRun): void {
  const { message, hint } = why
  surroundings.report('push/not-sent', {
    message: `${message}; ${countNoun(count, 'object')} not sent`,
    origin: originOf(document),
    ...(hint !== undefined && { hint }),
  })
}
