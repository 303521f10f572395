import { expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { summariseCapabilities, summariseTechniques } from '../../../../src/emitters/table/summaries.js'
import { createSet, mapped } from '../../../support/small-set.js'

const pairs = [['B', 'T1190'], ['B', 'T1190'], ['A', 'T1066'], ['A', 'T1190'], ['B', 'T1066'], ['B', 'T1190'], ['A', 'T1066']] as const
const set = createSet({ rows: pairs.map(([capability, technique]) => mapped(capability, technique)) })

it('lists each technique of a capability and each capability of a technique once, in the order of rows', async () => {
  expect(summariseCapabilities(set).map(({ capability, rows, techniques }) => [capability.id, rows, [...techniques]]))
    .toEqual([['A', 3, ['T1066', 'T1190']], ['B', 4, ['T1190', 'T1066']]])
  expect(summariseTechniques([set], await loadAttackIndex()).map(({ id, rows, capabilities }) => [id, rows, [...capabilities]]))
    .toEqual([['T1066', 3, ['A', 'B']], ['T1190', 4, ['B', 'A']]])
})
