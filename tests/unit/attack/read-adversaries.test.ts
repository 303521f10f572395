import { expect, it } from 'vitest'
import { findAdversary, readAdversaries } from '../../../src/attack/bundle/read-adversaries.js'
import { createBundleReducer } from '../../../src/attack/bundle/reduce-bundle.js'

const reference = (id: string) => [{ source_name: 'other', external_id: 'X-1' }, { source_name: 'mitre-attack', external_id: id, url: 'https://example.org' }]
const link = (kind: string, from: string, to: string, more: object = {}) => ({ type: 'relationship', id: `relationship--${from}-${to}`, relationship_type: kind, source_ref: from, target_ref: to, ...more })
const objects = [
  { type: 'attack-pattern', id: 'attack-pattern--1', name: 'One', external_references: reference('T1001') },
  { type: 'attack-pattern', id: 'attack-pattern--2', name: 'Two', external_references: reference('T1002') },
  { type: 'attack-pattern', id: 'attack-pattern--3', name: 'Three', external_references: reference('T1003') },
  { type: 'attack-pattern', id: 'attack-pattern--4', name: 'Gone', external_references: reference('T1004'), revoked: true },
  { type: 'intrusion-set', id: 'intrusion-set--1', name: 'Bear', aliases: ['Bear', 'Old Bear'], external_references: reference('G0001') },
  { type: 'intrusion-set', id: 'intrusion-set--2', name: 'Former', external_references: reference('G0002'), revoked: true },
  { type: 'campaign', id: 'campaign--1', name: 'Honey', external_references: reference('C0001') },
  { type: 'malware', id: 'malware--1', name: 'Claw', x_mitre_aliases: ['Claw', 'Paw'], external_references: reference('S0001') },
  { type: 'course-of-action', id: 'course-of-action--1', name: 'M', external_references: reference('M1001') },
  link('uses', 'intrusion-set--1', 'attack-pattern--1'),
  link('uses', 'intrusion-set--1', 'attack-pattern--1'),
  link('uses', 'intrusion-set--1', 'attack-pattern--4'),
  link('uses', 'intrusion-set--1', 'attack-pattern--3', { x_mitre_deprecated: true }),
  link('uses', 'intrusion-set--1', 'malware--1'),
  link('attributed-to', 'campaign--1', 'intrusion-set--1'),
  link('uses', 'campaign--1', 'attack-pattern--2'),
  link('uses', 'malware--1', 'attack-pattern--2'),
  link('uses', 'malware--1', 'attack-pattern--3'),
  link('mitigates', 'course-of-action--1', 'attack-pattern--1'),
]
const bundle = new TextEncoder().encode(JSON.stringify({ type: 'bundle', id: 'bundle--1', objects }))

it('reads what groups use themselves, in campaigns and by software; without what is withdrawn', () => {
  const all = readAdversaries(bundle)
  expect(all.map(({ id, name, kind }) => [id, name, kind])).toEqual([['C0001', 'Honey', 'campaign'], ['G0001', 'Bear', 'group'], ['S0001', 'Claw', 'software']])
  expect([...findAdversary(all, 'G0001')?.techniques ?? []]).toEqual([
    ['T1001', { itself: true, campaigns: [], software: [] }],
    ['T1002', { itself: false, campaigns: ['Honey (C0001)'], software: ['Claw (S0001)'] }],
    ['T1003', { itself: false, campaigns: [], software: ['Claw (S0001)'] }],
  ])
  expect([...findAdversary(all, 'S0001')?.techniques.keys() ?? []]).toEqual(['T1002', 'T1003'])
})

it('finds an adversary by id, name or alias, in any letter case', () => {
  const all = readAdversaries(bundle)
  expect(['g0001', 'BEAR', ' old bear ', 'paw', 'honey', 'Former', 'nobody'].map((word) => findAdversary(all, word)?.id)).toEqual(['G0001', 'G0001', 'G0001', 'S0001', 'C0001', undefined, undefined])
})

it('reads the same from a bundle that was reduced while it was read', () => {
  const reducer = createBundleReducer()
  reducer.push(bundle)
  expect(readAdversaries(reducer.finish() ?? new Uint8Array())).toEqual(readAdversaries(bundle))
})
