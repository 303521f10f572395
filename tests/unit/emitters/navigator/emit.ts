import { navigator, type NavigatorOptions } from '../../../../src/emitters/navigator/navigator.js'
import type { Layer } from '../../../../src/emitters/navigator/layer.js'
import type { Diagnostic } from '../../../../src/diagnostics/diagnostic.js'
import type { AttackIndex } from '../../../../src/attack/attack-index.js'
import type { Artifact } from '../../../../src/emitters/emitter.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { emitContext } from '../../../support/emit-context.js'

export const defaults: NavigatorOptions = { 'layer-by': 'framework', 'layer-files': 'list', 'layer-score': 'count', 'layer-metadata-limit': 10, 'palette': 'blue' }

/** The artifact of a set, its layers read back from the bytes, and what was said of them. */
export interface Emitted {
  readonly artifact: Artifact
  readonly layer: Layer
  readonly layers: readonly Layer[]
  readonly said: readonly Diagnostic[]
}

export async function emit(set: ResolvedSet, options: Partial<NavigatorOptions> = {}, attack?: AttackIndex): Promise<Emitted> {
  const context = emitContext(attack)
  const [artifact, second] = await navigator.emit([set], context, { ...defaults, ...options })
  if (!artifact || second) throw new Error('not one artifact')
  const parsed: Layer | readonly Layer[] = JSON.parse(new TextDecoder().decode(await artifact.render()))
  const layers = isList(parsed) ? parsed : [parsed]
  const [layer] = layers
  if (!layer) throw new Error('no layer')
  return { artifact, layer, layers, said: context.log.entries }
}

function isList(value: Layer | readonly Layer[]): value is readonly Layer[] {
  return Array.isArray(value)
}
