import { describe, expect, it } from 'vitest'
import { bridge, convert, coverage, createMemoryHost, diff, inspect, openAttack, upgrade, validate } from '../../../src/index.js'

const header = 'capability_id,technique\n'
const documents = {
  'old.csv': `${header}AC-2,T1078\nAC-3,T1086\n`,
  'new.csv': `${header}AC-2,T1078\nAC-2,T1110\n`,
  'cis.csv': `${header}CIS-5,T1078\nCIS-6,T1003\n`,
}
const nist = { framework: 'nist_800_53' }

describe('the functions of the library', () => {
  it('read every document of a memory host, or those that are named', async () => {
    const host = createMemoryHost(documents)
    expect((await inspect({ perDocument: true }, host)).documents.map(({ file }) => file.name)).toEqual(['cis.csv', 'new.csv', 'old.csv'])
    const { documents: named, diagnostics } = await inspect({ inputs: ['cis.csv', 'none.csv'] }, host)
    expect(named.map(({ file, rows }) => [file.name, rows])).toEqual([['cis.csv', 2]])
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'read/not-found' }))
  })

  it('compare, and write the report in the formats that are asked for', async () => {
    const host = createMemoryHost(documents)
    const { diffs, added, removed, artifacts, report } = await diff(
      { before: ['old.csv'], after: ['new.csv'], statements: nist, formats: ['json', 'layer'] }, host)
    expect(diffs.map(({ counts }) => [counts.added, counts.removed, counts.same])).toEqual([[1, 1, 1]])
    expect([added, removed, report.kind]).toEqual([[], [], 'diff'])
    expect(artifacts.map(({ schema }) => schema)).toEqual(['diff', 'navigator-layer'])
    expect([...host.written.keys()]).toEqual(artifacts.map(({ name }) => name))
  })

  it('compare nothing where no set has a counterpart, and say which', async () => {
    const host = createMemoryHost({ ...documents, 'mobile.csv': `${header}AC-2,T1398\n` })
    const { diffs, added, removed, artifacts } = await diff({ before: ['old.csv'], after: ['mobile.csv'] }, host)
    expect([diffs.length, added.length, removed.length, artifacts]).toEqual([0, 1, 1, []])
  })

  it('count coverage with a threshold, alone and together', async () => {
    const scored = 'capability_id,technique,score_category,score_value\nAC-2,T1078,protect,minimal\nAC-2,T1110,protect,significant\n'
    const host = createMemoryHost({ 'a.csv': scored })
    const mapped = async (threshold?: 'significant'): Promise<readonly string[]> => {
      const { sets } = await coverage({ ...(threshold && { threshold }) }, host)
      return sets.flatMap(({ techniques }) => techniques.filter(({ state }) => state === 'mapped').map(({ id }) => id)).toSorted()
    }
    expect(await mapped()).toEqual(['T1078', 'T1110'])
    expect(await mapped('significant')).toEqual(['T1110'])
    const { artifacts } = await coverage({ formats: ['csv', 'csv'] }, host)
    expect(artifacts.length).toBe(new Set(artifacts.map(({ name }) => name)).size)
  })

  it('relate two frameworks, up to a limit in the report alone', async () => {
    const host = createMemoryHost(documents)
    const { bridge: related, report } = await bridge({ left: ['new.csv'], right: ['cis.csv'], limit: 1 }, host)
    expect(related.pairs.map(({ left, right }) => [left.id, right.id])).toEqual([['AC-2', 'CIS-5']])
    expect(report.kind).toBe('bridge')
    expect((await bridge({ left: ['new.csv'], right: ['cis.csv'], capability: 'CIS-6' }, host)).bridge.pairs).toEqual([])
  })

  it('upgrade with the decisions of an earlier report', async () => {
    const request = { inputs: ['old.csv'], to: '18.1', emitters: ['csv'] as const, statements: { ...nist, attackVersion: '8.2' } }
    const host = createMemoryHost(documents)
    const first = await upgrade(request, host)
    expect(first.upgrades[0]?.upgraded.changes.map((change) => change.class)).toEqual(['unchanged', 'replaced'])
    const name = first.artifacts.find(({ schema }) => schema === 'upgrade')?.name ?? ''
    const again = createMemoryHost({ ...documents, 'decided.json': host.written.get(name) ?? '' })
    expect((await upgrade({ ...request, decisions: ['decided.json'] }, again)).decisions.map(({ file }) => file.name)).toEqual(['decided.json'])
    const { diagnostics } = await upgrade({ ...request, decisions: ['none.json'] }, again)
    expect(diagnostics[0]).toMatchObject({ code: 'read/not-found', severity: 'error' })
    expect((await upgrade({ ...request, to: '99' }, host)).diagnostics).toContainEqual(expect.objectContaining({ code: 'upgrade/unknown-release' }))
  })

  it('validate what they wrote', async () => {
    const host = createMemoryHost({ 'new.csv': documents['new.csv'] })
    await convert({ emitters: ['stix'], created: '2024-12-31' }, host)
    const bundles = Object.fromEntries([...host.written].filter(([name]) => name.endsWith('.stix.json')))
    const { files } = await validate({ platforms: ['opencti', 'misp'] }, createMemoryHost(bundles))
    expect(files.map(({ kind, diagnostics }) => [kind, diagnostics.filter(({ severity }) => severity === 'error')])).toEqual([['stix-bundle', []]])
  })

  it('have means in memory if they are given', async () => {
    const drawn: number[] = []
    const host = createMemoryHost({ 'new.csv': documents['new.csv'] }, {
      openRasteriser: async () => (_svg, width) => {
        drawn.push(width)
        return new Uint8Array([1])
      },
    })
    await convert({ emitters: { png: { 'png-width': 640 } } }, host)
    expect(drawn).toEqual([640])
    const without = await convert({ emitters: ['png'] }, createMemoryHost({ 'new.csv': documents['new.csv'] }))
    expect(without.diagnostics).toContainEqual(expect.objectContaining({ code: 'emit/no-rasteriser', severity: 'error' }))
  })
})

describe('look-ups', () => {
  it('find techniques, tactics, their history and their successors', async () => {
    const attack = await openAttack()
    expect(attack.technique(' t1086 ')).toMatchObject({ id: 'T1086', status: 'revoked', domain: 'enterprise', version: '19.1' })
    expect(attack.technique('T1086')?.successors.map(({ id }) => id)).toEqual(['T1059.001'])
    expect(attack.technique('T1086', { version: '8' })).toMatchObject({ version: '8.2' })
    expect(attack.technique('T1059/001', { version: 'v16.1' })?.id).toBe('T1059.001')
    expect(attack.technique('T0806')).toMatchObject({ domain: 'ics' })
    expect(attack.technique('T0806', { domain: 'mobile' })).toBeUndefined()
    expect(attack.technique('T9999')).toBeUndefined()
    expect(attack.tactic('TA0001')).toMatchObject({ name: 'Initial Access', techniques: expect.arrayContaining(['T1190']) })
    expect(attack.tactic('TA9999')).toBeUndefined()
    expect(attack.history('T1086').map(({ version }) => version)).toContain('8.2')
    expect(attack.history('none')).toEqual([])
    expect(attack.releases).toContainEqual({ domain: 'mobile', version: '18.1' })
  })

  it('suggest by id, by name, and by a part of a name', async () => {
    const attack = await openAttack()
    expect(attack.suggest('T1059.01', { domain: 'enterprise' }).map(({ id }) => id)).toContain('T1059.001')
    expect(attack.suggest('powershell', { domain: 'enterprise' }).map(({ id }) => id)).toContain('T1059.001')
    expect(attack.suggest('golden tick', { domain: 'enterprise' }).map(({ name }) => name)).toEqual(['Golden Ticket'])
    expect(attack.suggest('no technique has this name')).toEqual([])
  })

  it('use what they loaded in other calls, and report releases that they cannot use', async () => {
    const broken = { name: 'x.json', path: 'x.json', bytes: new TextEncoder().encode('{'), sha256: '' }
    const attack = await openAttack({ attackReleases: [broken] })
    expect(attack.diagnostics.map(({ code }) => code)).toEqual(['check/damaged-release'])
    const { attack: used } = await inspect({ attack: attack.index }, createMemoryHost(documents))
    expect(used).toBe(attack.index)
  })
})
