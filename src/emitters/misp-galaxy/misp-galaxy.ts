import { type DecodedDocument, fieldOf, textOf } from '../../formats/decoded.js'
import type { FileKind } from '../../validation/file-kind.js'
import { defineEmitter } from '../emitter.js'

/** Prefix of the types of our galaxies; no galaxy of MISP's own has it. */
export const galaxyTypePrefix = 'crosswalk-'

/** The clusters of a galaxy of ours: MISP's folder `clusters`. */
const mispClusters: FileKind = {
  id: 'misp-clusters',
  title: 'Clusters of a MISP galaxy of Crosswalk',
  recognise: (document) => isOwnGalaxy(document) && hasValues(document),
  async validate(document, context) {
    const { validateClusters } = await import('./validate-galaxy.js')
    return validateClusters(document, context)
  },
}

/** The head of a galaxy of ours: MISP's folder `galaxies`. */
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

/** Galaxies of other types have fields that ours lack; our schemas are not for them. */
function isOwnGalaxy(document: DecodedDocument): boolean {
  if (document.container !== 'json' || fieldOf(document.value, 'uuid') === undefined) return false
  return textOf(document.value, 'type')?.startsWith(galaxyTypePrefix) === true
}

function hasValues(document: DecodedDocument): boolean {
  return document.container === 'json' && fieldOf(document.value, 'values') !== undefined
}

/** A MISP galaxy and its clusters, whose relations point at MISP's own clusters of ATT&CK techniques. See docs/misp.md. */
export const mispGalaxy = defineEmitter({
  id: 'misp-galaxy',
  title: 'MISP galaxy and clusters',
  extension: '.misp.json',
  schema: 'misp-clusters',
  loses:
    'Techniques without a capability (counted); relations to techniques that ATT&CK does not know; order and places of rows, and whose a reference is; '
    + 'authors and versions of single rows; verdicts of auditors; descriptions of mapping types and groups; contacts; very long texts.',
  options: {},
  writes: [mispClusters, mispGalaxyHead],
  async emit(sets, context) {
    const { emitGalaxy } = await import('./emit-galaxy.js')
    return emitGalaxy(sets, context)
  },
})
