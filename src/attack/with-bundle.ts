import type { AttackIndex } from './attack-index.js'
import type { AttackRelease } from './attack-release.js'
import { createReleaseView } from './create-release-view.js'
import type { OriginalObjects } from './original-objects.js'
import { withRelease } from './with-release.js'

/**
 * An index with the release of a bundle that is named for one run: `--attack FILE`. In its domain the release also serves the
 * sets that state no version: whoever names a bundle means it. A version that a set states still wins. `originals` are the
 * bundle's own objects.
 */
export function withBundle(index: AttackIndex, bundle: AttackRelease, originals?: OriginalObjects): AttackIndex {
  const view = createReleaseView(bundle, 'exact')
  const wider = withRelease(index, view)
  return {
    ...wider,
    ...(originals && { originals }),
    release: (domain, wanted) =>
      domain === bundle.domain && wanted === undefined ? { ...view, match: 'newest' } : wider.release(domain, wanted),
  }
}
