import { AdversaryError } from '../pipeline/choose-adversaries.js'
import { findNearest, RequestError } from './request-error.js'

/** The result of something that may fail to choose adversaries. Throws RequestError. */
export async function explainAdversaries<Result>(act: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof AdversaryError)) throw error
    const { problem, word = '', known = [] } = error.details
    const suggestion = findNearest(word, known)
    throw new RequestError({ code: 'unknown-value', at: 'against', problem, ...(suggestion !== undefined && { suggestion }) })
  }
}
