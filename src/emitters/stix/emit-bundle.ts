import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { itemsTogether, joinPieces, takeTogether } from '../artifact-parts.js'
import type { Artifact, ArtifactParts, EmitContext } from '../emitter.js'
import { type BundlePlan, planBundle } from './build-bundle.js'
import { reportMapexLosses } from './mapex.js'
import { tlpMarking } from './preamble-objects.js'
import { type StixProfile, stixProfiles } from './profiles.js'
import type { Bundle, StixObject } from './stix-object.js'
import type { StixOptions } from './stix.js'
import { findOriginals, writeObject } from './techniques.js'
import { createRelationshipWriter } from './write-relationships.js'

/** Writes one or more sets as one bundle. */
export async function emitBundle(sets: readonly ResolvedSet[], context: EmitContext, options: StixOptions): Promise<readonly Artifact[]> {
  const profile = stixProfiles[options['stix-profile']]
  const marking = tlpMarking(options['tlp'], options['tlp-version'])
  const { attack, report, created } = context
  const originals = await findOriginals(profile.techniques === 'embedded' ? sets : [], context)
  const grouping = options['stix-grouping']
  const settings = { attack, report, profile, marking, grouping, originals, ...(created !== undefined && { created }) }
  const plan = planBundle(sets, settings)
  const parts = bundleParts(plan, marking)
  const rows = sets.reduce((sum, { mappings }) => sum + mappings.length, 0)
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
    get value(): Bundle {
      return { type: 'bundle', id: plan.id, objects: [...plan.objects(), ...plan.groupings.map(({ build }) => build())] }
    },
    counts: { rows, objects: plan.count, relationships: plan.relationships },
    render: () => joinPieces(parts),
    parts,
  }]
}

/** A bundle as JSON with one object per line: compact, and a line-by-line diff shows the objects that differ. */
function bundleParts({ id, objects, groupings }: BundlePlan, marking: StixObject): ArtifactParts {
  return {
    head: { type: 'bundle', id, objects: [marking] },
    *pieces() {
      const writeRelationship = createRelationshipWriter()
      let start = `{"type":"bundle","id":${JSON.stringify(id)},"objects":[\n`
      for (const items of takeTogether(objects(), itemsTogether)) {
        let text = ''
        for (const object of items) {
          text += start + (object.type === 'relationship' ? writeRelationship(object) : writeObject(object))
          start = ',\n'
        }
        yield { items, text }
      }
      for (const { pieces } of groupings) {
        yield { items: [], text: start }
        yield* pieces()
      }
      yield { items: [], text: '\n]}\n' }
    },
  }
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
