import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { Limits } from '../formats/limits.js'
import { stated } from '../model/stated.js'
import type { ShardRecord } from './manifest.js'
import type { ConvertRequest } from './requests.js'
import type { Share } from './shard.js'

/** Codes of artifacts that a shard could not write: its output is not whole then, whatever the reason. */
const unwritten: ReadonlySet<string> = new Set(['emit/kept', 'emit/unwritable', 'emit/busy'])

/** What the manifest of a shard records of its run; undefined if an artifact could not be written. `diagnostics`: those that it reports. */
export function recordShard(
  request: ConvertRequest, { shard, inputs, positions }: Share, catalog: readonly { readonly file: DocumentFile }[],
  limits: Partial<Limits> | undefined, diagnostics: readonly Diagnostic[],
): ShardRecord | undefined {
  if (diagnostics.some(({ code }) => unwritten.has(code))) return undefined
  return {
    nth: shard.nth,
    of: shard.of,
    settings: describeSettings(request, catalog, limits),
    inputs,
    ...(positions && { positions }),
    errors: diagnostics.filter(({ severity }) => severity === 'error').length,
  }
}

/** Everything but the documents that decides what a run writes, by names that people know from the command line. */
function describeSettings(
  request: ConvertRequest, catalog: readonly { readonly file: DocumentFile }[], limits: Partial<Limits> | undefined,
): ShardRecord['settings'] {
  const { emitters, perDocument, combine, created, against = [], from, statements = {}, options = {}, emitterOptions, attackBundle, attackReleases = [] } = request
  return stated({
    'to': emitters.join(','),
    'per-document': perDocument === true ? true : undefined,
    'combine': combine === false ? undefined : combine,
    created,
    'against': against.length > 0 ? against.join(',') : undefined,
    from,
    ...statements,
    ...options,
    'options of formats': emitterOptions,
    'catalog': catalog.length > 0 ? catalog.map(({ file }) => `${file.name} ${file.sha256}`) : undefined,
    'attack': attackBundle?.sha256,
    'added releases': attackReleases.length > 0 ? attackReleases.map(({ sha256 }) => sha256) : undefined,
    'limits': limits,
  })
}
