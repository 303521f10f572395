import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import type { EmitContext } from '../emitter.js'
import { buildBundle } from './build-bundle.js'
import { findOriginals } from './find-originals.js'
import { mendSet } from './mend-set.js'
import { stixProfiles } from './profiles.js'
import { reportGroupingLosses } from './report-grouping-losses.js'
import { reportMapexLosses } from './report-mapex-losses.js'
import { renderBundle } from './render-bundle.js'
import type { Bundle } from './stix-object.js'
import type { StixOptions } from './stix-options.js'
import { tlpMarking } from './tlp-marking.js'

/** The bundle of one or several sets. */
export async function emitBundle(sets: readonly ResolvedSet[], context: EmitContext, options: StixOptions): Promise<Artifact> {
  const profile = stixProfiles[options['stix-profile']]
  const marking = tlpMarking(options['tlp'], options['tlp-version'])
  const { attack, report, created } = context
  const fit = sets.map((set) => mendReported(set, report))
  const originals = await findOriginals(profile.techniques === 'embedded' ? fit : [], context)
  const grouping = options['stix-grouping']
  const settings = { attack, report, profile, marking, grouping, originals, ...(created !== undefined && { created }) }
  const bundle = buildBundle(fit, settings)
  const rows = sets.reduce((sum, { mappings }) => sum + mappings.length, 0)
  if (profile.shape === 'mapex') reportMapexLosses(fit, report)
  else if (!profile.extension && rows > 0) {
    report('emit/not-representable', {
      message: `Profile ${options['stix-profile']} leaves out status, group, order, author, verdict and places of ${rows} rows`,
      hint: 'Profiles tip and spec carry everything.',
      count: rows,
    })
  }
  if (profile.shape !== 'mapex' && !grouping) reportGroupingLosses(fit, profile, report)
  return {
    name: `${context.baseName}.stix.json`,
    emitter: 'stix',
    schema: 'stix-bundle',
    value: bundle,
    counts: countObjects(bundle, rows),
    render: () => renderBundle(bundle),
  }
}

function mendReported(set: ResolvedSet, report: Report): ResolvedSet {
  const { set: fit, changed } = mendSet(set)
  if (changed > 0) {
    report('emit/text-adjusted', { message: 'STIX: halves of surrogate pairs were replaced by U+FFFD', count: changed })
  }
  return fit
}

function countObjects({ objects }: Bundle, rows: number): Record<string, number> {
  const relationships = objects.reduce((sum, { type }) => sum + (type === 'relationship' ? 1 : 0), 0)
  return { rows, objects: objects.length, relationships }
}
