import type { Adversary, TechniqueUse } from '../../src/attack/bundle/read-adversaries.js'
import type { Against } from '../../src/coverage/cover-against.js'

const unused: TechniqueUse = { itself: false, campaigns: [], software: [] }

/**
 * A made-up group for `sampleSet`: T1190 and T1553.002 are mapped there, T1059.001 and T1110 are not, T1583.001 is declared unmappable, and
 * T9999 is in no release.
 */
const group: Adversary = {
  id: 'G9001',
  name: 'Fancy <b>Sloth</b>',
  kind: 'group',
  aliases: ['Slow Bear'],
  techniques: new Map([
    ['T1059.001', { ...unused, itself: true, software: ['Hammock (S9001)'] }],
    ['T1110', { ...unused, software: ['Hammock (S9001)'] }],
    ['T1190', { ...unused, itself: true }],
    ['T1553.002', { ...unused, campaigns: ['Operation Nap (C9001)'] }],
    ['T1583.001', { ...unused, itself: true }],
    ['T9999', { ...unused, itself: true }],
  ]),
}

const software: Adversary = { id: 'S9001', name: 'Hammock', kind: 'software', aliases: [], techniques: new Map([['T1110', { ...unused, itself: true }]]) }

/** Adversaries to hold sets against, as if from a bundle. */
export function sampleAgainst(domain: Against['release']['domain'] = 'enterprise'): Against {
  return { adversaries: [group, software], release: { domain, version: '18.1' } }
}
