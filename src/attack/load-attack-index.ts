import type { AttackIndex } from './attack-index.js'
import { createAttackIndex } from './create-attack-index.js'

let loaded: Promise<AttackIndex> | undefined

/** The index that comes with Crosswalk: for each domain the last release of each major from 8 on. Read at first use, once. */
export function loadAttackIndex(): Promise<AttackIndex> {
  loaded ??= import('./data/attack-index.json', { with: { type: 'json' } }).then(({ default: data }) => createAttackIndex(data))
  return loaded
}
