import { readFileSync, existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { TableSheet } from '../../../src/formats/decoded.js'
import { convert, understand } from '../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import { readReadMe } from '../../../src/parsers/table/read-description.js'

const layer = (group: string): string => JSON.stringify({
  name: 'own', domain: 'enterprise-attack', versions: { layer: '4.5', navigator: '5.1.0', attack: '16' },
  metadata: [
    { name: 'Framework', value: 'Own (own)' }, { name: 'ATT&CK', value: 'Enterprise 16.1' },
    { name: 'Mapping types', value: 'mitigates (1)' }, { name: 'Rows shown', value: '1 of 1' }, { name: 'Made by', value: 'attack-crosswalk 0.1.0' },
  ],
  techniques: [{ techniqueID: 'T1078', metadata: [{ name: 'Group', value: group }, { name: 'mitigates', value: 'One (OWN-1)' }] }],
})

const formats = ['csv', 'html', 'json', 'markdown', 'misp-galaxy', 'navigator', 'stix', 'xlsx', 'yaml'] as const

describe('blank ids of groups', () => {
  it.each(['', ' '])('become no group (%j): the row stays, every format is written, and it is reported', async (group) => {
    const host = createMemoryHost({ 'own.json': layer(group) })
    const { artifacts, sets, diagnostics } = await convert({ inputs: [], emitters: formats }, host)

    expect(sets.map(({ set }) => [set.groups.size, set.mappings.length, set.capabilities.get('OWN-1')?.groups])).toEqual([[0, 1, []]])
    expect(new Set(artifacts.map(({ emitter }) => emitter))).toEqual(new Set(formats))
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(diagnostics.filter(({ code }) => code === 'parse/blank-id')).toMatchObject([{ found: 'a group with a blank id, in 1 row' }])
  })

  it('are not reported where a group has an id', async () => {
    const { sets, diagnostics } = await understand({ inputs: [] }, createMemoryHost({ 'own.json': layer('g') }))
    expect(sets.map(({ set }) => [...set.groups.keys()])).toEqual([['g']])
    expect(diagnostics.filter(({ code }) => code === 'parse/blank-id')).toEqual([])
  })

  it('of a Read me sheet get the name, which the rows print; an entry without either is left out', () => {
    const rows = [
      ['About'], ['Framework id', 'own'], [], ['Capability groups'], ['Id', 'Name'], ['', 'First', 'text'], ['g', 'Second'], ['', ''],
    ]
    const blank: string[] = []
    const sheet: TableSheet = { name: 'Read me', rows, link: () => undefined, place: () => ({ kind: 'file' }) }
    const [facts] = readReadMe(sheet, (list) => { blank.push(list) })
    expect(facts?.groups).toEqual([{ id: 'First', name: 'First', description: 'text' }, { id: 'g', name: 'Second' }])
    expect(blank).toEqual(['Capability groups', 'Capability groups'])
  })
})

const cases = new URL('../../../../shared/cases/2026-11-hard/17-blank-group-own-artefact/', import.meta.url)

describe.skipIf(!existsSync(cases))('case 17 of 2026-11-hard (skips without ../shared)', () => {
  it.each(['veris.xlsx', 'cri.layer.json'])('%s becomes an artifact in every format', async (name) => {
    const host = createMemoryHost({ [name]: readFileSync(new URL(name, cases)) })
    const { artifacts, diagnostics } = await convert({ inputs: [], emitters: formats }, host)
    expect(new Set(artifacts.map(({ emitter }) => emitter))).toEqual(new Set(formats))
    expect(diagnostics.map(({ code }) => code)).toContain('parse/blank-id')
    expect(diagnostics.map(({ code }) => code)).not.toContain('verify/own-artifact')
  })
})
