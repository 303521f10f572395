import type { AttackIndex } from '../../src/attack/attack-index.js'
import { createDiagnosticLog, type DiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import type { EmitContext } from '../../src/emitters/emitter.js'
import { openRasteriser } from '../../src/io/open-rasteriser.js'
import { fakeAttackIndex } from './fake-attack-index.js'

/** A context for an emitter under test, and the log of what it reports. */
export function emitContext(attack: AttackIndex = fakeAttackIndex()): EmitContext & { readonly log: DiagnosticLog } {
  const log = createDiagnosticLog()
  return {
    log,
    openRasteriser,
    attack,
    report: log.report,
    tool: { name: 'attack-crosswalk', version: '0.0.0' },
    diagnostics: [],
    baseName: 'aws-12.12.2024_attack-16.1-enterprise',
  }
}
