import { fieldOf, itemsOf, textOf } from '../../../formats/decoded.js'
import type { BundleGraph, Platform } from '../check-times.js'
import type { FaultLog } from '../fault-log.js'
import { observables } from '../observables.js'
import { opencti } from './opencti.js'

/**
 * The types that MISP imports; for others it logs an error and continues. It reads notes and opinions separately, as analyst data.
 * Source: MISP/misp-stix, misp_stix_converter/stix2misp/stix2_mapping.py (stix_object_loading_mapping, stix_to_misp_mapping),
 * commit 3835cc8.
 */
const types: ReadonlySet<string> = new Set([
  'attack-pattern', 'campaign', 'course-of-action', 'grouping', 'identity', 'indicator', 'intrusion-set', 'location', 'malware',
  'malware-analysis', 'marking-definition', 'note', 'observed-data', 'opinion', 'relationship', 'report', 'sighting',
  'threat-actor', 'tool', 'vulnerability', 'x-misp-attribute', 'x-misp-event-report', 'x-misp-galaxy-cluster', 'x-misp-object',
  'x-misp-opinion', ...Object.keys(observables),
])

/** Types that are imported without a container, with the objects that they relate to (same file, object_type_refs_to_skip). */
const attached: ReadonlySet<string> = new Set([
  'marking-definition', 'opinion', 'relationship', 'sighting', 'x-misp-opinion', 'note', 'grouping', 'report', 'identity',
])

/** Properties of relationships that MISP drops. */
const lostFields = [
  'description', 'labels', 'confidence', 'start_time', 'stop_time', 'external_references', 'extensions',
] as const

/** MISP's import of bundles (misp-stix). */
const misp: Platform & { readonly id: 'misp' } = {
  id: 'misp',
  title: 'MISP',
  check(graph, log) {
    for (const { index, type } of graph.objects) {
      if (types.has(type)) continue
      log.reportOnce(index, {
        code: 'verify/platform', message: 'MISP does not import objects of this type', found: type.slice(0, 120), steps: ['type'],
      }, type.slice(0, 120))
    }
    checkRelationships(graph, log)
    checkContained(graph, log)
  },
}

/**
 * MISP keeps only target and type of a relationship, under the source (misp-stix, stix2_to_misp.py, _load_relationship, commit
 * 70822e5); between two galaxy clusters only when galaxies are not imported as tags (_parse_relationships).
 */
function checkRelationships({ objects, byId }: BundleGraph, { report, reportOnce }: FaultLog): void {
  for (const { index, type, object } of objects) {
    if (type !== 'relationship') continue
    const lost = lostFields.filter((name) => fieldOf(object, name) !== undefined)
    if (lost.length > 0) {
      reportOnce(index, {
        code: 'verify/platform', message: 'MISP keeps only the type, source and target of a relationship, and drops its other properties',
        found: lost.join(', '),
        hint: 'For mappings, use the emitter misp-galaxy: it writes clusters that relate to those of MISP.',
      })
    }
    for (const name of ['source_ref', 'target_ref']) {
      const id = textOf(object, name)
      if (id === undefined || byId.has(id)) continue
      report(index, {
        code: 'verify/platform', message: `MISP drops a relationship whose ${name} is not in the bundle`, found: id.slice(0, 120),
        steps: [name],
      })
    }
  }
}

/**
 * If the bundle has a grouping or a report, MISP imports only the objects that they refer to (stix2_to_misp.py,
 * _parse_bundle_with_single_report).
 */
function checkContained({ objects }: BundleGraph, { report }: FaultLog): void {
  const contained = new Set<string>()
  const containers = objects.filter(({ type }) => type === 'grouping' || type === 'report')
  if (containers.length === 0) return
  for (const { object } of containers) {
    for (const id of itemsOf(object, 'object_refs')) if (typeof id === 'string') contained.add(id)
  }
  for (const { index, id, type } of objects) {
    if (contained.has(id) || attached.has(type) || !types.has(type)) continue
    report(index, {
      code: 'verify/platform', message: 'MISP skips objects that no grouping or report in the bundle refers to',
      found: type,
    }, type)
  }
}

/** The platforms that `--for` accepts. */
export const platforms = [opencti, misp] as const satisfies readonly Platform[]

export type PlatformId = (typeof platforms)[number]['id']

/** A platform by its id. */
export function findPlatform(id: PlatformId): Platform | undefined {
  return platforms.find((platform) => platform.id === id)
}
