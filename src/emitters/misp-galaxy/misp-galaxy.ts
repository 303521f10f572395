import { type DecodedDocument, fieldOf, textOf } from '../../formats/decoded.js'
import type { FileKind } from '../../validation/file-kind.js'
import { defineEmitter } from '../emitter.js'

/** Type prefix of Crosswalk's galaxies; none of MISP's own have it. */
export const galaxyTypePrefix = 'crosswalk-'

/** The clusters of a galaxy by Crosswalk, for MISP's folder `clusters`. */
const mispClusters: FileKind = {
  id: 'misp-clusters',
  title: 'Clusters of a MISP galaxy of Crosswalk',
  recognise: (document) => isOwnGalaxy(document) && hasValues(document),
  async validate(document, context) {
    const { validateClusters } = await import('./validate-galaxy.js')
    return validateClusters(document, context)
  },
}

/** The head of a galaxy by Crosswalk, for MISP's folder `galaxies`. */
const mispGalaxyHead: FileKind = {
  id: 'misp-galaxy',
  title: 'Head of a MISP galaxy of Crosswalk',
  unread: 'the head of a MISP galaxy',
  recognise: (document) => isOwnGalaxy(document) && !hasValues(document),
  async validate(document, context) {
    const { validateGalaxy } = await import('./validate-galaxy.js')
    return validateGalaxy(document, context)
  },
}

/** Whether a document is a galaxy by Crosswalk. Others have fields that Crosswalk's schemas do not allow. */
function isOwnGalaxy(document: DecodedDocument): boolean {
  if (document.container !== 'json' || fieldOf(document.value, 'uuid') === undefined) return false
  return textOf(document.value, 'type')?.startsWith(galaxyTypePrefix) === true
}

function hasValues(document: DecodedDocument): boolean {
  return document.container === 'json' && fieldOf(document.value, 'values') !== undefined
}

/** A MISP galaxy and its clusters, whose relations refer to MISP's own clusters of ATT&CK techniques. See docs/misp.md. */
export const mispGalaxy = defineEmitter({
  id: 'misp-galaxy',
  title: 'MISP galaxy and clusters',
  extension: '.misp.json',
  schema: 'misp-clusters',
  loses:
    'Techniques without a capability (counted); relations to techniques that ATT&CK does not have; order and places of rows, and which '
    + "row has which reference; authors and versions of individual rows; auditors' verdicts; descriptions of mapping types and groups; "
    + 'contacts; very long texts.',
  options: {},
  writes: [mispClusters, mispGalaxyHead],
  async emit(sets, context) {
    const { emitGalaxy } = await import('./emit-galaxy.js')
    return emitGalaxy(sets, context)
  },
})
