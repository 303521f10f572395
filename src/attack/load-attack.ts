import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { AttackIndex } from './attack-index.js'
import type { AttackSources } from './attack-sources.js'
import { createBundleReader } from './bundle/create-bundle-reader.js'
import { loadAttackIndex } from './load-attack-index.js'
import { createOriginalObjects } from './original-objects.js'
import { readAttackBundle } from './read-attack-bundle.js'
import { parseStoredRelease } from './stored-release.js'
import { withBundle } from './with-bundle.js'
import { withRelease } from './with-release.js'

/**
 * The shipped index, with the releases that the user added and that of a bundle named for this run (`--attack`). A release of the
 * user's replaces the same one of the index. What cannot be used is reported.
 */
export async function loadAttack({ attackBundle, attackReleases = [] }: AttackSources, report: Report): Promise<AttackIndex> {
  let index = await loadAttackIndex()
  for (const file of attackReleases) {
    const stored = parseStoredRelease(new TextDecoder().decode(file.bytes))
    if (stored) index = withRelease(index, stored.release)
    else report('check/damaged-release', { found: file.path, origin: { document: file.path, place: { kind: 'file' } } })
  }
  return attackBundle ? addBundle(index, attackBundle, report) : index
}

function addBundle(index: AttackIndex, bundle: DocumentFile, report: Report): AttackIndex {
  const reader = createBundleReader()
  reader.push(bundle.bytes)
  const read = reader.finish()
  if ('problem' in read) return reject(read.problem)
  const result = readAttackBundle(read.value, { fileName: bundle.name })
  if ('problem' in result) return reject(result.problem)
  return withBundle(index, result.release, createOriginalObjects(result.release, bundle.bytes, read.places))

  function reject(problem: string): AttackIndex {
    report('check/unusable-bundle', {
      message: `${bundle.path} ${problem}; the releases at hand were used`,
      origin: { document: bundle.path, place: { kind: 'file' } },
    })
    return index
  }
}
