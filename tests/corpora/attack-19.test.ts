import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { AttackIndex } from '../../src/attack/attack-index.js'
import { followSuccessors } from '../../src/attack/find-techniques.js'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { convert } from '../../src/pipeline/convert.js'
import { createMemoryHost } from '../../src/pipeline/host.js'
import { shared, sharedFolder } from '../support/shared.js'

interface Facts {
  readonly enterprise_tactic_order: readonly string[]
  readonly tactics: readonly { readonly id: string; readonly name: string; readonly shortname: string; readonly domain: string; readonly stix: string }[]
  readonly techniques: readonly {
    readonly id: string; readonly name: string; readonly domain: string; readonly stix: string; readonly tactics: readonly string[]
  }[]
  readonly 'since_18.1_gone': readonly { readonly id: string; readonly domain: string; readonly status: string; readonly successor?: string }[]
}

interface StixObject {
  readonly type: string
  readonly id: string
  readonly created: string
  readonly modified: string
  readonly external_references?: readonly { readonly source_name: string }[]
}

const domains = ['enterprise', 'mobile', 'ics'] as const
let attack: AttackIndex
beforeAll(async () => { attack = await loadAttackIndex() })

describe.skipIf(sharedFolder === undefined)('ATT&CK 19.1 in the index', () => {
  const facts: Facts = JSON.parse(sharedFolder === undefined ? '{}' : readFileSync(shared('formats/attack-19/attack-19.1-facts.json'), 'utf8'))

  it('has all that the facts state, and nothing else as active', () => {
    for (const domain of domains) {
      const release = attack.release(domain, '19.1')
      const shortnames = new Map(release.tactics.map((tactic) => [tactic.id, tactic.shortname]))
      const order = release.tactics.map(({ shortname }) => shortname)
      const expected = facts.techniques.filter((technique) => technique.domain === domain).map(({ id, name, stix, tactics }) => ({
        id, name, stixId: stix,
        tactics: tactics.map((tactic) => shortnames.get(tactic) ?? '').toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
      }))
      const active = release.techniques().filter(({ status }) => status === 'active')
      expect(active.map(({ id, name, stixId, tactics }) => ({ id, name, stixId, tactics })))
        .toEqual(expected.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
      const own = facts.tactics.filter((tactic) => tactic.domain === domain)
      expect(release.tactics.filter(({ deprecated }) => !deprecated).map(({ id, name, shortname, stixId }) => `${id} ${name} ${shortname} ${stixId}`).toSorted())
        .toEqual(own.map(({ id, name, shortname, stix }) => `${id} ${name} ${shortname} ${stix}`).toSorted())
    }
    expect(facts.techniques).toHaveLength(918)
    expect(facts.tactics).toHaveLength(39)
    expect(attack.release('enterprise', '19.1').tactics.map(({ id }) => id)).toEqual(facts.enterprise_tactic_order)
  })

  it('has the successors of the 17 revoked techniques; those that are gone without a reason are not in it', () => {
    const gone = facts['since_18.1_gone']
    const revoked = gone.filter(({ status }) => status === 'revoked')
    expect(revoked).toHaveLength(17)
    for (const { id, successor } of revoked) {
      expect(attack.release('enterprise', '19.1').technique(id), id).toMatchObject({ status: 'revoked', successor })
      expect(attack.release('enterprise', '19.1').technique(successor ?? ''), id).toMatchObject({ status: 'active' })
    }
    const unexplained = gone.filter(({ status }) => status !== 'revoked')
    expect(unexplained).toHaveLength(9)
    for (const { id } of unexplained) {
      expect(attack.release('ics', '19.1').technique(id), id).toBeUndefined()
      expect(attack.history(id).at(-1)?.version, id).toBe('18.1')
    }
  })

  it('leads from every technique that 18.1 revoked to where 18.1 leads, and on', () => {
    for (const domain of domains) {
      const [before, after] = [attack.release(domain, '18.1'), attack.release(domain, '19.1')]
      for (const old of before.techniques().filter(({ status }) => status !== 'active')) {
        const now = after.technique(old.id)
        expect(now, old.id).toMatchObject({ status: old.status, ...(old.successor !== undefined && { successor: old.successor }) })
        const former = followSuccessors(before, old).map(({ id }) => id)
        const latest = now ? followSuccessors(after, now).map(({ id }) => id) : []
        // The chain goes on where 19.1 revoked its end, and ends before what is gone from ICS.
        const kept = former.filter((id) => after.technique(id))
        expect(latest.slice(0, kept.length), old.id).toEqual(kept)
      }
    }
    const release = attack.release('enterprise', '19.1')
    const follow = (id: string): readonly string[] => {
      const technique = release.technique(id)
      return technique ? followSuccessors(release, technique).map((next) => next.id) : []
    }
    expect(follow('T1086')).toEqual(['T1059.001'])
    expect(follow('T1089')).toEqual(['T1562.001', 'T1685'])
  })

  it('agrees with the successors that Elastic wrote by hand', () => {
    const witness: Record<'techniques' | 'subtechniques', Record<string, { readonly id: string; readonly name: string }>>
      = parse(readFileSync(shared('formats/attack-19/elastic-attack_v18_to_v19.yaml'), 'utf8'))
    const [before, after] = [attack.release('enterprise', '18.1'), attack.release('enterprise', '19.1')]
    const older: string[] = []
    for (const [from, { id, name }] of [...Object.entries(witness.techniques), ...Object.entries(witness.subtechniques)]) {
      expect(after.technique(from), from).toMatchObject({ status: 'revoked', successor: id })
      expect(after.technique(id), from).toMatchObject({ status: 'active', name })
      if (before.technique(from)?.status === 'revoked') older.push(from)
    }
    // The file lists it as a change of 19; it has been revoked since 11.
    expect(older).toEqual(['T1547.011'])
    expect(attack.release('enterprise', '11.3').technique('T1547.011')).toMatchObject({ successor: 'T1647' })
  })

  it('says what it lacks', () => {
    expect(domains.map((domain) => attack.release(domain, '19.1').lacks))
      .toEqual([['dates', 'withdrawn'], ['dates', 'withdrawn'], ['dates', 'withdrawn', 'successors']])
    expect(domains.flatMap((domain) => attack.versions(domain).filter((version) => attack.release(domain, version).lacks))).toEqual(['19.1', '19.1', '19.1'])
  })
})

const veris = 'formats/attack-19/veris-1.4.1_attack-19.1-enterprise.csv'

describe.skipIf(sharedFolder === undefined)('VERIS 1.4.1 on ATT&CK 19.1', () => {
  const host = createMemoryHost(sharedFolder === undefined ? {} : { 'veris.csv': readFileSync(shared(veris)) })
  let report: Awaited<ReturnType<typeof convert>>
  const emitters = ['navigator', 'stix', 'csv', 'xlsx', 'html', 'svg', 'json', 'yaml', 'markdown', 'misp-galaxy'] as const
  beforeAll(async () => { report = await convert({ inputs: [], emitters }, host) })

  function written(ending: string): string {
    const [, bytes] = [...host.written].find(([name]) => name.endsWith(ending)) ?? []
    return new TextDecoder().decode(bytes)
  }

  it('comes out with 1,270 rows in every format', () => {
    expect(new Set(report.artifacts.map(({ emitter }) => emitter)).size).toBe(emitters.length)
    const rows = report.artifacts.flatMap(({ emitter, counts: { rows: count, mapped } }) => (count === undefined ? [] : [[emitter, count, mapped ?? 0]]))
    // A layer and a picture have no cell for the 15 rows without a technique, which are reported.
    const withoutTechnique = new Set(['navigator', 'svg'])
    for (const [emitter, count] of rows) expect(count, String(emitter)).toBe(withoutTechnique.has(String(emitter)) ? 1255 : 1270)
    expect(report.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([])
  })

  it('has a layer of version 19', () => {
    expect(JSON.parse(written('.layer.json'))).toMatchObject({ domain: 'enterprise-attack', versions: { attack: '19' } })
  })

  it('has the STIX ids of MITRE for every technique', () => {
    const { objects }: { readonly objects: readonly StixObject[] }
      = JSON.parse(written('.stix.json'))
    const official = new Map(attack.release('enterprise', '19.1').techniques().map((technique) => [technique.stixId, technique]))
    // Actions of VERIS are attack patterns too.
    const patterns = objects.filter(({ type, external_references: references }) =>
      type === 'attack-pattern' && references?.some(({ source_name: source }) => source === 'mitre-attack') === true)
    const ids = new Set(readFileSync(shared(veris), 'utf8').split('\n').slice(1).flatMap((line) => line.match(/\bT\d{4}(?:\.\d{3})?\b/) ?? []))
    expect(ids.size).toBeGreaterThan(500)
    expect(patterns).toHaveLength(ids.size)
    for (const { id, created, modified } of patterns) {
      const technique = official.get(id)
      expect(technique, id).toBeDefined()
      expect(modified).toBe(created)
      expect(['2000-01-01T00:00:00.000Z', technique?.created]).toContain(created)
    }
    const undated = report.diagnostics.find(({ code }) => code === 'emit/technique-undated')
    expect(undated?.count).toBe(patterns.filter(({ id }) => official.get(id)?.created === undefined).length)
  })

  it('gets no hint that names a technique that 19 revoked', () => {
    const release = attack.release('enterprise', '19.1')
    const texts = report.diagnostics.flatMap(({ message, hint = '', found = '' }) => [message, hint, found])
    const named = texts.flatMap((text) => text.match(/\bT\d{4}(?:\.\d{3})?\b/g) ?? [])
    expect(named.filter((id) => release.technique(id)?.status === 'revoked')).toEqual([])
  })
})
