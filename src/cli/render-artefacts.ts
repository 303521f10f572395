import type { ManifestArtefact } from '../manifest.js'
import type { ConvertReport } from '../requests.js'
import { countNoun } from '../diagnostics/count-noun.js'
import { describeCounts } from './describe-counts.js'
import { formatSize } from './format-size.js'
import type { WritingOptions } from './options/writing-options.js'
import { renderTable } from './render-table.js'

/** The artefacts that were written below a folder, a line each. */
export function renderArtefacts(artefacts: readonly ManifestArtefact[], { output }: Pick<WritingOptions, 'output'>): string {
  const folder = output.endsWith('/') ? output : `${output}/`
  const rows = artefacts.map(({ name, size, emitter, counts }) =>
    [`${folder}${name}`, emitter, formatSize(size), describeCounts(counts)])
  return renderTable(rows, new Set([2]))
}

/** "2 documents, 1 mapping set, 4 artefacts written to output". */
export function summariseRun(
  { documents, sets, artefacts }: Pick<ConvertReport, 'documents' | 'sets' | 'artefacts'>,
  { output, dryRun }: Pick<WritingOptions, 'output' | 'dryRun'>,
): string {
  const written = dryRun === true ? `would be written to ${output} (dry run)` : `written to ${output}`
  const made = [
    countNoun(documents.length, 'document'),
    countNoun(sets.length, 'mapping set'),
    countNoun(artefacts.length, 'artefact'),
  ]
  return `${made.join(', ')} ${written}\n`
}
