import type { UnderstandRequest } from '../requests.js'
import { toStatements, type ReadingOptions } from './options/reading-options.js'
import { readAttackSources } from './read-attack-sources.js'
import { UsageError } from './usage-error.js'

/** What to read and how to take it, from the command line. */
export async function toUnderstandRequest(inputs: readonly string[], options: ReadingOptions): Promise<UnderstandRequest> {
  const { from, attack, catalog, perDocument } = options
  if (inputs.includes('-') && from === undefined) {
    throw new UsageError('standard input (-) needs --from PARSER; `crosswalk formats` lists them')
  }
  return {
    inputs,
    statements: toStatements(options),
    ...(from !== undefined && { from }),
    ...(catalog !== undefined && { catalog }),
    ...(perDocument === true && { perDocument }),
    ...await readAttackSources(attack),
  }
}
