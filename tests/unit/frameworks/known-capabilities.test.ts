import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileKnownCapabilities, type CapabilitySource } from '../../../src/frameworks/compile-known-capabilities.js'
import { createKnownCapabilities, loadKnownCapabilities } from '../../../src/frameworks/known-capabilities.js'
import { renderKnownCapabilities } from '../../../src/io/compile-known-capabilities.js'
import { shared, sharedFolder } from '../../support/shared.js'

describe('known capabilities', () => {
  const known = createKnownCapabilities({
    veris: {
      capabilities: { 'action.malware.vector.Email': null, 'action.malware.vector.Email link': null },
      groups: { 'action.malware': 'action.malware' },
    },
    cve: { capabilities: { 'CVE-2021-44228': null }, groups: {} },
    kev: { capabilities: { 'CVE-2021-44228': 'Log4j2' }, groups: { race_condition: 'Race Condition' } },
  })

  it('finds the longest id at a word boundary, whatever its case', () => {
    const id = 'action.malware.vector.Email link'
    expect(known.longestPrefix(`${id} Sent by mail`)?.length).toBe(id.length)
    expect(known.longestPrefix('Action.Malware.Vector.Email attachment')?.length).toBe(id.length - ' link'.length)
    expect(known.longestPrefix('action.malware.vector.Emails')).toBeUndefined()
    expect(known.longestPrefix('')).toBeUndefined()
  })

  it('tells every owner of an id, or one framework\'s alone', () => {
    expect(known.longestPrefix('CVE-2021-44228 x')?.owners.map((owner) => owner.framework)).toEqual(['cve', 'kev'])
    expect(known.longestPrefix('CVE-2021-44228 x', 'kev')?.owners).toEqual([
      { framework: 'kev', id: 'CVE-2021-44228', name: 'Log4j2' },
    ])
    expect(known.longestPrefix('CVE-2021-44228 x', 'veris')).toBeUndefined()
  })

  it('finds groups by id and by name', () => {
    expect(known.group('kev', 'Race Condition')).toEqual({ id: 'race_condition', name: 'Race Condition' })
    expect(known.group('kev', 'race_condition')?.name).toBe('Race Condition')
    expect(known.group('cve', 'race_condition')).toBeUndefined()
  })

  it('come with ids and groups of nine frameworks', async () => {
    const loaded = await loadKnownCapabilities()
    expect(loaded.longestPrefix('aws_cloudhsm AWS CloudHSM')?.owners).toEqual([
      { framework: 'aws', id: 'aws_cloudhsm', name: 'AWS CloudHSM' },
    ])
    expect(loaded.longestPrefix('action.malware.variety.Disable controls and more')?.length).toBe(39)
    expect(loaded.group('nist_800_53', 'Contingency Planning')?.id).toBe('CP')
    expect(await loadKnownCapabilities()).toBe(loaded)
  })
})

describe('the compilation of known capabilities', () => {
  it('keeps each id once, with the name that most rows give, and no sentences', () => {
    const data = compileKnownCapabilities([
      { framework: 'veris', capabilities: [{ id: 'action.a.b.C', name: 'A whole sentence.' }], groups: [] },
      aws([{ id: ' b ', name: 'Two' }, { id: 'b', name: 'One' }, { id: 'B', name: 'Two' }]),
      aws([{ id: 'a', name: 'x'.repeat(121) }, { id: '' }], [{ id: 'g', name: 'G' }, { id: 'g', name: 'H' }]),
    ])
    expect(data).toEqual({
      aws: { capabilities: { a: null, b: 'Two' }, groups: { g: 'G' } },
      veris: { capabilities: { 'action.a.b.C': null }, groups: {} },
    })
    expect(Object.keys(data)).toEqual(['aws', 'veris'])
  })

  it.skipIf(sharedFolder === undefined)('gives the committed file', () => {
    const committed = readFileSync(new URL('../../../src/frameworks/data/known-capabilities.json', import.meta.url), 'utf8')
    expect(renderKnownCapabilities(shared('.'))).toBe(committed)
  })
})

function aws(capabilities: CapabilitySource['capabilities'], groups: CapabilitySource['groups'] = []): CapabilitySource {
  return { framework: 'aws', capabilities, groups }
}
