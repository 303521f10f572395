import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { AttackIndex } from './attack-index.js'
import { loadAttackIndex } from './load-attack-index.js'
import { readAttackBundle } from './read-attack-bundle.js'
import { withBundle } from './with-bundle.js'

/** The shipped index, with the release of a bundle that the user names (`--attack`). A bundle that is none is reported. */
export async function loadAttack(bundle: DocumentFile | undefined, report: Report): Promise<AttackIndex> {
  const index = await loadAttackIndex()
  if (!bundle) return index
  const result = readAttackBundle(parseJson(bundle.bytes), { fileName: bundle.name })
  if (!('problem' in result)) return withBundle(index, result.release)
  report('check/unusable-bundle', {
    message: `${bundle.path} ${result.problem}; the releases at hand were used`,
    origin: { document: bundle.path, place: { kind: 'file' } },
  })
  return index
}

/** Undefined, which is no bundle, where the bytes are not JSON. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
