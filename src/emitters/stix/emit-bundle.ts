import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { epoch } from '../objects/stix-id.js'
import { buildBundle } from './build-bundle.js'
import { reportMapexLosses } from './mapex.js'
import { mitreIdentityObject, tlpMarking } from './preamble-objects.js'
import { type StixProfile, stixProfiles } from './profiles.js'
import type { Bundle } from './stix-object.js'
import type { StixOptions } from './stix.js'
import { findOriginals } from './techniques.js'

/** Writes one or more sets as one bundle. */
export async function emitBundle(sets: readonly ResolvedSet[], context: EmitContext, options: StixOptions): Promise<readonly Artifact[]> {
  const profile = stixProfiles[options['stix-profile']]
  const marking = tlpMarking(options['tlp'], options['tlp-version'])
  const { attack, report, created } = context
  const originals = await findOriginals(profile.techniques === 'embedded' ? sets : [], context)
  const grouping = options['stix-grouping']
  const settings = { attack, report, profile, marking, grouping, originals, ...(created !== undefined && { created }) }
  const bundle = buildBundle(sets, settings)
  const rows = sets.reduce((sum, { mappings }) => sum + mappings.length, 0)
  reportUndated(bundle, report)
  if (profile.shape === 'mapex') reportMapexLosses(sets, report)
  else if (!profile.extension && rows > 0) {
    report('emit/not-representable', {
      message: `Profile ${options['stix-profile']} omits status, group, order, author, verdict and places of ${countNoun(rows, 'row')}`,
      hint: 'The profiles tip and spec omit nothing.',
      count: rows,
    })
  }
  if (profile.shape !== 'mapex' && !grouping) reportGroupingLosses(sets, profile, report)
  return [{
    name: `${context.baseName}.stix.json`,
    emitter: 'stix',
    schema: 'stix-bundle',
    value: bundle,
    counts: countObjects(bundle, rows),
    render: () => renderBundle(bundle),
  }]
}

function countObjects({ objects }: Bundle, rows: number): Record<string, number> {
  const relationships = objects.reduce((sum, { type }) => sum + (type === 'relationship' ? 1 : 0), 0)
  return { rows, objects: objects.length, relationships }
}

/** Reports techniques of MITRE whose dates no release at hand has. */
function reportUndated({ objects }: Bundle, report: Report): void {
  const undated = objects.flatMap((object) =>
    (object.type === 'attack-pattern' && object.created === epoch && object.created_by_ref === mitreIdentityObject.id ? [object.name] : []))
  if (undated.length === 0) return
  report('emit/technique-undated', { found: undated.slice(0, 10).join(', '), count: undated.length })
}

/** Reports losses without groupings: each kind once, with its count and the first row concerned. */
function reportGroupingLosses(sets: readonly ResolvedSet[], { extension }: StixProfile, report: Report): void {
  const rows = sets.flatMap(({ mappings }) => mappings)
  const unmapped = rows.filter(({ kind }) => kind === 'unmapped-technique')
  reportLoss('the ATT&CK release, dates, author and other metadata of sets', sets.length, rows)
  // Profiles without the extension lose them in any case.
  if (extension) reportLoss('the order and places of rows', rows.length, rows)
  reportLoss('techniques without a capability', unmapped.length, unmapped)

  function reportLoss(what: string, count: number, [first]: readonly Mapping[]): void {
    if (count === 0) return
    const [origin] = first?.origins ?? []
    report('emit/not-representable', {
      message: `Without groupings, STIX cannot represent ${what}`, count, hint: 'Leave out --no-stix-grouping.', ...(origin && { origin }),
    })
  }
}

/** Renders a bundle as JSON with one object per line: compact, and a line-by-line diff shows the objects that differ. */
function renderBundle({ type, id, objects }: Bundle): Uint8Array {
  const lines = objects.map((object) => JSON.stringify(object)).join(',\n')
  return new TextEncoder().encode(`{"type":${JSON.stringify(type)},"id":${JSON.stringify(id)},"objects":[\n${lines}\n]}\n`)
}
