import { coverSet } from '../../../src/coverage/cover-set.js'
import type { SetCoverage } from '../../../src/coverage/coverage.js'
import type { Threshold } from '../../../src/coverage/row-state.js'
import type { AttackIndex } from '../../../src/attack/attack-index.js'
import { createMappingSet, type ResolvedSet } from '../../../src/model/mapping-set.js'
import type { Mapping } from '../../../src/model/mapping.js'
import { madeUpAttack } from '../../support/made-up-attack.js'
import { mapped } from '../../support/small-set.js'
import { originAt } from '../../support/sample-sets.js'

/** Tactic "one" has T1001 with two sub-techniques and T1002; "two" has T1002 and T1003; T1009 is withdrawn, T1008 revoked. */
export function smallAttack(): AttackIndex {
  return madeUpAttack({
    'enterprise 1.0': [
      { id: 'T1001' }, { id: 'T1001.001' }, { id: 'T1001.002' }, { id: 'T1002', tactics: ['one', 'two'] }, { id: 'T1003', tactics: ['two'] },
      { id: 'T1008', successor: 'T1003' }, { id: 'T1009', status: 'deprecated' },
    ],
    'enterprise 2.0': [
      { id: 'T1001' }, { id: 'T1001.001' }, { id: 'T1002', tactics: ['three'] }, { id: 'T1003', tactics: ['two'] }, { id: 'T1004' },
    ],
    'mobile 1.0': [{ id: 'T1400' }],
  })
}

/** A set of these rows that refers to the release, of a framework called so. */
export function smallSet(rows: readonly Mapping[], version: string | undefined = '1.0', id = 'example'): ResolvedSet {
  const framework = { id, name: id }
  const attack = { domain: 'enterprise' as const, ...(version !== undefined && { version }) }
  return { ...createMappingSet({ framework, mappings: rows, sources: [] }), attack }
}

/** The coverage of release 1.0 by the rows. */
export function coverRows(rows: readonly Mapping[], threshold?: Threshold): SetCoverage {
  return coverSet({ label: 'example', set: smallSet(rows) }, smallAttack(), threshold)
}

/** The technique's state. */
export function stateOf(coverage: SetCoverage, id: string): string | undefined {
  return coverage.techniques.find((technique) => technique.id === id)?.state
}

/** A row with a score. */
export function scored(technique: string, value: string, category = 'protect', capability = 'A'): Mapping {
  return mapped(capability, technique, { score: { category, value } })
}

/** A row that declares a technique unmappable, or leaves it open. */
export function unmapped(technique: string, status?: 'non_mappable' | 'in_progress'): Mapping {
  return { kind: 'unmapped-technique', origins: [originAt(1)], technique: { id: technique }, ...(status && { status }) }
}
