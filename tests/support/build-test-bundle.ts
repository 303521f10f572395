import type { AttackIndex } from '../../src/attack/attack-index.js'
import type { DiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { stix, type StixOptions } from '../../src/emitters/stix/stix.js'
import type { Bundle } from '../../src/emitters/stix/stix-object.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { emitContext } from './emit-context.js'

/** What the emitter made of sets: the bundle, its text, and what it reported. */
export interface TestBundle {
  readonly bundle: Bundle
  readonly text: string
  readonly log: DiagnosticLog
}

/** The bundle of sets, through the emitter itself. */
export async function buildTestBundle(
  sets: ResolvedSet | readonly ResolvedSet[],
  options: Partial<StixOptions> = {},
  attack?: AttackIndex,
  created?: string,
): Promise<TestBundle> {
  const context = { ...emitContext(attack), ...(created !== undefined && { created }) }
  const all: StixOptions = { 'stix-profile': 'tip', 'stix-grouping': true, 'tlp': 'clear', 'tlp-version': '1', ...options }
  const [artifact] = await stix.emit('mappings' in sets ? [sets] : sets, context, all)
  if (!artifact) throw new Error('no artifact')
  const text = new TextDecoder().decode(await artifact.render())
  const bundle: Bundle = JSON.parse(text)
  return { bundle, text, log: context.log }
}
