import { expect, it } from 'vitest'
import { pairSets } from '../../../../src/analyses/diff/diff-sets.js'
import type { Domain } from '../../../../src/model/mapping.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { createSet } from '../../../support/small-set.js'

function release(id: string, version: string, attack: string, domain: Domain = 'enterprise'): ResolvedSet {
  return { ...createSet({ rows: [], framework: { id, name: id, version } }), attack: { domain, version: attack } }
}

function label({ framework, attack }: ResolvedSet): string {
  return `${framework.id} ${framework.version ?? ''} ${attack.version ?? ''} ${attack.domain}`
}

it('sets of one framework and domain belong together, whatever their versions', () => {
  const { pairs, added, removed } = pairSets(
    [release('aws', '2021', '9.0'), release('kev', '1', '15.1', 'mobile')],
    [release('kev', '2', '16.1', 'enterprise'), release('aws', '2024', '16.1')],
  )
  expect(pairs.map((pair) => pair.map(label))).toEqual([['aws 2021 9.0 enterprise', 'aws 2024 16.1 enterprise']])
  expect([added.map(label), removed.map(label)]).toEqual([['kev 2 16.1 enterprise'], ['kev 1 15.1 mobile']])
})

it('of several, those of the same framework version, then of the same ATT&CK version', () => {
  const { pairs, added } = pairSets(
    [release('nist', 'rev4', '12.1'), release('nist', 'rev5', '12.1')],
    [release('nist', 'rev6', '14.1'), release('nist', 'rev5', '14.1'), release('nist', 'rev4', '14.1')],
  )
  const versions = pairs.map(([old, fresh]) => [old.framework.version, fresh.framework.version])
  expect(versions).toEqual([['rev4', 'rev4'], ['rev5', 'rev5']])
  expect(added.map(label)).toEqual(['nist rev6 14.1 enterprise'])
})
