import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AttackIndex } from '../../src/attack/attack-index.js'
import { completeSet } from '../../src/pipeline/understand.js'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { ctidJson } from '../../src/parsers/ctid-json/ctid-json.js'
import { shared } from './shared.js'

/** The sets of one of the real mapping files, or of other bytes in its place. Only to be called where `sharedFolder` is defined. */
export async function readSharedSets(name: string, attack: AttackIndex, changed?: Uint8Array): Promise<readonly ResolvedSet[]> {
  const { report } = createDiagnosticLog()
  const bytes = changed ?? readFileSync(shared(`mappings/${name}`))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const decoded = await decodeDocument({ name, path: name, bytes, sha256 }, report)
  if (!decoded) throw new Error(`${name} could not be decoded`)
  const sets = await ctidJson.parse(decoded, { statements: {}, report })
  return sets.flatMap((set) => completeSet(set, {}, attack, report))
}
