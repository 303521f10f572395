import { textOf } from '../../validation/tree-fields.js'
import type { TaxiiAnswer } from './exchange.js'
import type { Problem } from './problem.js'
import { readJsonAnswer } from './read-json-answer.js'
import { shorten } from './shorten.js'

const meanings: ReadonlyMap<number, Problem> = new Map<number, Problem>([
  [401, { message: 'does not know who asks', hint: 'Give --user and --password-file, or --token-file; or check them.' }],
  [403, { message: 'does not allow it', hint: 'Ask for the right to add objects to this collection.' }],
  [404, { message: 'has no such collection, or hides it', hint: 'Check the address and the credentials.' }],
  [405, { message: 'does not take objects at this address', hint: 'Check the address: …/collections/{id}/' }],
  [406, { message: 'does not speak TAXII 2.1 here', hint: 'Check the address; TAXII 1 and 2.0 are not spoken by this program.' }],
  [413, { message: 'takes no request of this size' }],
  [415, { message: 'does not take TAXII 2.1 envelopes' }],
  [422, { message: 'could not process the objects', hint: 'It may not know a type of object, or an extension.' }],
  [429, { message: 'is asked too often' }],
])

/** What an answer that is no success means, and what the server says about it (TAXII 2.1, sections 3.6 and 5.5). */
export function describeRefusal(answer: TaxiiAnswer): Problem {
  const { message, hint } = meanings.get(answer.status) ?? { message: 'did not do it' }
  const error = readJsonAnswer(answer)
  const said = [textOf(error, 'title') ?? '', textOf(error, 'description') ?? ''].filter((text) => text !== '').join(': ')
  return {
    message: `${message} (HTTP ${answer.status}${said === '' ? '' : `: ${shorten(said)}`})`,
    ...(hint !== undefined && { hint }),
  }
}
