import type { AttackTactic } from '../attack/attack-index.js'

/** What a tactic is called in tables; also where a technique stands in none. */
export function nameTactic(tactic: AttackTactic | undefined): string {
  if (!tactic) return 'No tactic'
  return tactic.deprecated === true ? `${tactic.name} (deprecated)` : tactic.name
}
