import { readReleaseDomain, readReleaseVersion } from '../../attack/bundle/read-release-name.js'
import { sortObjects } from '../../attack/bundle/sort-objects.js'
import type { About, AttackRelease } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import type { BundleIndex } from './bundle-index.js'
import { textOf } from './object-fields.js'
import { dayOf } from './day-of.js'

/** What a bundle of ATT&CK's own says of itself. */
export interface BundleRelease {
  readonly attack: AttackRelease
  readonly about: About
}

/** Reads the release of ATT&CK from its collection or matrix; nothing where the bundle has neither, and so is not MITRE's. */
export function readBundleRelease(bundle: BundleIndex): BundleRelease {
  const objects = sortObjects(Array.from(bundle.values(), ({ value }) => value))
  if (objects.collections.length === 0 && objects.matrices.length === 0) return { attack: {}, about: {} }
  const collection = Array.from(bundle.values()).find(({ type }) => type === 'x-mitre-collection')
  const author = collection && bundle.get(textOf(collection.value, 'created_by_ref') ?? '')
  return {
    attack: stated({ domain: readReleaseDomain(objects, {}), version: readReleaseVersion(objects, {}) }),
    about: stated({
      created: collection && dayOf(textOf(collection.value, 'created')),
      modified: collection && dayOf(textOf(collection.value, 'modified')),
      organization: author && textOf(author.value, 'name'),
    }),
  }
}
