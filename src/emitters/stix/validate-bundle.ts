import { countNoun } from '../../diagnostics/counts-in-words.js'
import { type DecodedDocument, fieldOf, itemsOf, textOf, treeOf, type TreeValue } from '../../formats/decoded.js'
import type { Counts, ValidationContext } from '../../validation/file-kind.js'
import { reportSchemaError } from '../../validation/report-schema-error.js'
import { type BundleGraph, createBundleGraph } from '../../validation/stix/bundle-graph.js'
import { checkCycles, checkReferences } from '../../validation/stix/check-references.js'
import { checkCopies, checkOfficialIds, typeInId } from '../../validation/stix/check-ids.js'
import { checkObjects } from '../../validation/stix/check-objects.js'
import { checkRelationships } from '../../validation/stix/check-relationships.js'
import { createFaultLog, showValue } from '../../validation/stix/fault-log.js'
import { findPlatform } from '../../validation/stix/platforms/platforms.js'
import { checkOwnIds, deriveBundleId } from './check-own-ids.js'
import { crosswalkIdentity, extensionDefinition } from './preamble-objects.js'

const ownIds: ReadonlySet<string> = new Set([extensionDefinition.id, crosswalkIdentity.id])

/**
 * Validates a STIX bundle (2.1; 2.0 is tolerated): each object by the rules for its type, then the references and relationships
 * between objects, then how the requested platforms would import them. A bundle that contains Crosswalk's extension definition
 * or identity must also match Crosswalk's own, stricter schema; its ids are derived again, and its rows are compared with ATT&CK.
 * Takes linear time.
 */
export async function validateBundle(document: DecodedDocument, context: ValidationContext): Promise<Counts> {
  const bundle = treeOf(document)?.value
  const objects = itemsOf(bundle, 'objects')
  const own = objects.some((object) => ownIds.has(textOf(object, 'id') ?? ''))
  if (own) await reportSchemaError('stix-bundle', bundle, context)
  checkFrame(bundle, context)

  const log = createFaultLog(objects, context.reportAt)
  const custom = checkObjects(objects, textOf(bundle, 'spec_version') === '2.0' ? '2.0' : '2.1', log)
  const graph = createBundleGraph(objects)
  checkCopies(graph, log)
  const { forward, elsewhere } = checkReferences(graph, own, log)
  checkRelationships(graph, log)
  checkCycles(graph, log)
  checkOfficialIds(graph, context.attack, log)
  if (own) checkOwnIds(graph, log)
  for (const id of context.platforms) findPlatform(id)?.check(graph, log)
  log.finish()

  if (own) checkBundleId(bundle, graph, context)
  if (custom !== undefined) context.reportAt('/objects', 'verify/custom', { message: custom })
  if (elsewhere > 0) {
    context.reportAt('/objects', 'verify/technique-elsewhere', {
      message: `${countNoun(elsewhere, 'reference')} to techniques that are not in the bundle`,
    })
  }
  if (forward > 0 && context.platforms.length > 0) {
    context.reportAt('/objects', 'verify/platform-order', {
      message: `${countNoun(forward, 'reference')} to objects that come later in the bundle`,
    })
  }
  if (own) await context.checkRows(document.file)
  const relationships = objects.reduce<number>((sum, object) => sum + (textOf(object, 'type') === 'relationship' ? 1 : 0), 0)
  return { objects: objects.length, relationships }
}

/** Checks the properties of the bundle itself (STIX 2.1, section 8). */
function checkFrame(bundle: TreeValue | undefined, { reportAt }: ValidationContext): void {
  if (textOf(bundle, 'type') !== 'bundle') reportAt('/type', 'verify/schema', { message: 'The type of a bundle must be "bundle"' })
  const id = fieldOf(bundle, 'id') ?? null
  if (typeof id !== 'string' || typeInId(id) !== 'bundle') {
    reportAt('/id', 'verify/schema', { message: 'The id of a bundle must be "bundle--" followed by a UUID', found: showValue(id) })
  }
  const version = fieldOf(bundle, 'spec_version')
  if (version !== undefined && version !== '2.0' && version !== '2.1') {
    reportAt('/spec_version', 'verify/schema', {
      message: 'Unknown STIX version', found: showValue(version), expected: '"2.0", or no spec_version in STIX 2.1 bundles',
    })
  }
  const objects = fieldOf(bundle, 'objects')
  // The property is optional, but lists must not be empty (STIX 2.1, section 2.12).
  if (objects === undefined) reportAt('', 'verify/doubtful', { message: 'The bundle contains no objects' })
  else if (!Array.isArray(objects)) reportAt('/objects', 'verify/schema', { message: 'The objects of a bundle must be a list' })
  else if (objects.length === 0) reportAt('/objects', 'verify/schema', { message: 'The list of objects is empty' })
}

function checkBundleId(bundle: TreeValue | undefined, graph: BundleGraph, { reportAt }: ValidationContext): void {
  const [id, expected] = [textOf(bundle, 'id'), deriveBundleId(graph)]
  if (expected === undefined || id === expected) return
  reportAt('/id', 'verify/meaning', {
    message: 'The id of the bundle differs from the one that Crosswalk derives from its groupings', found: showValue(id ?? null),
    expected,
  })
}
