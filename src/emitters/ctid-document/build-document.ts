import type { ResolvedSet } from '../../model/mapping-set.js'
import type { EmitContext } from '../emitter.js'
import { buildMetadata } from './build-metadata.js'
import { buildRow } from './build-row.js'
import type { CtidDocument } from './ctid-document.js'
import { mendHalves } from './mend-halves.js'
import { reportLosses } from './report-losses.js'

/** A set in CTID's unified shape. Says what is left out because it isn't stated, and what the shape has no place for. */
export function buildDocument(set: ResolvedSet, context: EmitContext): CtidDocument {
  const scored = set.mappings.some(({ score }) => score !== undefined)
  reportLosses(set, context)
  const { value, changed } = mendHalves<CtidDocument>({
    metadata: buildMetadata(set, context),
    mapping_objects: set.mappings.map((mapping) => buildRow(mapping, scored)),
  })
  if (changed > 0) {
    context.report('emit/text-adjusted', { message: 'Halves of characters were replaced by U+FFFD', count: changed })
  }
  return value
}
