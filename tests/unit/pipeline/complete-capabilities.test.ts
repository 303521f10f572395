import { describe, expect, it } from 'vitest'
import { completeCapabilities } from '../../../src/pipeline/complete.js'
import { type Capability, createMappingSet, type ResolvedSet } from '../../../src/model/mapping-set.js'
import { originAt } from '../../support/sample-sets.js'

const row = { kind: 'mapped', origins: [originAt(1)], technique: { id: 'T1078' } } as const
const dos = 'action.hacking.variety.DoS'

function listOf(name: string, capabilities: readonly Capability[], framework = 'veris', version?: string): ResolvedSet {
  const set = createMappingSet({
    framework: { id: framework, name: framework, ...(version !== undefined && { version }) }, capabilities, mappings: [],
    sources: [{ name, sha256: 'c'.repeat(64), parser: 'veris-enumerations', rows: 0 }],
  })
  return { ...set, attack: { domain: 'enterprise' } }
}

function setOf(capability: { readonly id: string; readonly description?: string }): ResolvedSet {
  const framework = { id: 'veris', name: 'VERIS', version: '1.3.7' }
  const set = createMappingSet({ framework, mappings: [{ ...row, capability }], sources: [] })
  return { ...set, attack: { domain: 'mobile', version: '12.1' } }
}

const list = listOf('list.csv', [{ id: dos, name: 'Too many requests', description: 'Longer.', groups: [] }])

describe('completeCapabilities', () => {
  it('names and describes, whatever the ATT&CK release, and marks the rows', () => {
    const set = completeCapabilities(setOf({ id: dos }), [list])
    expect(set.capabilities.get(dos)).toEqual({ id: dos, name: 'Too many requests', description: 'Longer.', groups: [] })
    expect(set.mappings).toEqual([{
      ...row, capability: { id: dos, description: 'Too many requests' },
      completed: [{ field: 'capability', from: { document: 'list.csv', place: { kind: 'file' } } }],
    }])
  })

  it('leaves what the document states', () => {
    const set = completeCapabilities(setOf({ id: dos, description: 'Own name' }), [list])
    expect(set.capabilities.get(dos)).toMatchObject({ name: 'Own name', description: 'Longer.' })
    expect(set.mappings).toEqual(setOf({ id: dos, description: 'Own name' }).mappings)
  })

  it.each([
    ['another framework', [listOf('list.csv', [...list.capabilities.values()], 'aws')]],
    ['another version', [listOf('list.csv', [...list.capabilities.values()], 'veris', '1.3.5')]],
    ['other ids', [listOf('list.csv', [{ id: 'x', name: 'y', groups: [] }])]],
    ['lists that disagree', [list, listOf('other.csv', [{ id: dos, name: 'Something else', groups: [] }]), list]],
    ['no list', []],
  ])('takes nothing from %s', (_what, lists) => {
    expect(completeCapabilities(setOf({ id: dos }), lists)).toEqual(setOf({ id: dos }))
  })

  it('takes what two lists say alike', () => {
    expect(completeCapabilities(setOf({ id: dos }), [list, list]).capabilities.get(dos)?.name).toBe('Too many requests')
  })
})
