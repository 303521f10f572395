import type { AttackIndex } from '../attack/attack-index.js'
import type { Against } from '../coverage/cover-against.js'
import { findNearest } from '../library/request-error.js'
import { AdversaryError, chooseAdversaries } from '../pipeline/choose-adversaries.js'
import { UsageError } from './usage.js'

/** The argument of `--against`: ids, names or aliases, separated by commas. */
export function parseNames(text: string): readonly string[] {
  return text.split(',').map((word) => word.trim()).filter((word) => word !== '')
}

/** The adversaries that a user names. Throws UsageError. */
export function chooseNamed(attack: AttackIndex, wanted: readonly string[]): Against | undefined {
  try {
    return chooseAdversaries(attack, wanted)
  } catch (error) {
    throw explain(error)
  }
}

/** The result of a run that may fail to choose adversaries. Throws UsageError. */
export async function explainAdversaries<Result>(run: Promise<Result>): Promise<Result> {
  try {
    return await run
  } catch (error) {
    throw explain(error)
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof AdversaryError)) return error
  const { problem, word = '', known = [] } = error.details
  const nearest = findNearest(word, known)
  return new UsageError(`--against: ${problem}.${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`)
}
