import { expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { createMemoryHost } from '../../../../src/pipeline/host.js'
import { understand } from '../../../../src/pipeline/convert.js'

it('another description of one id is reported: a capability has one', async () => {
  const table = 'Control ID,Control Name,Control Description,Technique\nAC-2,Accounts,Accounts are reviewed.,T1078\n'
    + 'AC-2,Accounts,Accounts are approved.,T1110\nAC-2,Accounts,Accounts are approved.,T1003\nAC-3,Access,Access is enforced.,T1078\n'
  const { sets, diagnostics } = await understand({ inputs: [], attack: await loadAttackIndex() }, createMemoryHost({ 'a.csv': table }))
  expect(sets.flatMap(({ set }) => [...set.capabilities.values()].map(({ id, description }) => [id, description])))
    .toEqual([['AC-2', 'Accounts are reviewed.'], ['AC-3', 'Access is enforced.']])
  expect(diagnostics.filter(({ code }) => code === 'normalise/conflicting-names').map(({ message, found, count, origin }) => ({ message, found, count, place: origin?.place })))
    .toEqual([{ message: 'AC-2 has several descriptions; the first was kept', found: 'Accounts are approved.', count: 2, place: { kind: 'text', line: 3, column: 38 } }])
})
