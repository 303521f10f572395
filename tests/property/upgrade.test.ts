import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportFormats, reportArtifacts } from '../../src/analyses/report/report-artifacts.js'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { reportUpgrade, upgradeLayer } from '../../src/analyses/upgrade/upgrade-report.js'
import { xlsx } from '../../src/emitters/xlsx/xlsx.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { emitContext } from '../support/emit-context.js'
import { countUpgrade, createUpgradeDocument } from '../../src/analyses/upgrade/upgrade-document.js'
import { type DecidedRow, techniqueOf } from '../../src/analyses/upgrade/row-change.js'
import { findCandidates, type UpgradedSet, upgradeSet } from '../../src/analyses/upgrade/upgrade-set.js'
import type { AttackIndex } from '../../src/attack/attack-index.js'
import { mappingIds } from '../../src/emitters/table/mapping-ids.js'
import type { Mapping } from '../../src/model/mapping.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { madeUpAttack, type MadeUpTechnique } from '../support/made-up-attack.js'
import { createSet, mapped } from '../support/small-set.js'
import { workbookOptions } from '../support/workbook-options.js'

const ids = ['T1001', 'T1001.001', 'T1001.002', 'T1002', 'T1003', 'T1003.001', 'T1004', 'T1005']
const versions = ['1.0', '2.0', '3.1']

/** A release: some of the ids, in any state; successors may lead anywhere, round in circles too. */
const techniques: fc.Arbitrary<readonly MadeUpTechnique[]> = fc.uniqueArray(fc.record({
  id: fc.constantFrom(...ids),
  name: fc.constantFrom('One', 'Two', 'Three'),
  tactics: fc.uniqueArray(fc.constantFrom('one', 'two', 'three')),
  fate: fc.oneof(fc.constantFrom('active', 'active', 'deprecated', 'revoked'), fc.constantFrom(...ids)),
}), { selector: ({ id }) => id }).map((found) => found.map(({ fate, ...technique }): MadeUpTechnique =>
  (fate === 'active' || fate === 'deprecated' || fate === 'revoked' ? { ...technique, status: fate } : { ...technique, successor: fate })))

const attacks: fc.Arbitrary<AttackIndex> = fc.tuple(techniques, techniques, techniques)
  .map(([first, second, third]) => madeUpAttack({ 'enterprise 1.0': first, 'enterprise 2.0': second, 'enterprise 3.1': third }))

const rows: fc.Arbitrary<Mapping> = fc.record({
  capability: fc.constantFrom('A', 'B'),
  id: fc.constantFrom(...ids, 'T9999', 'nonsense'),
  name: fc.constantFrom(undefined, 'One', 'Two', 'One: Two', 'Another'),
  version: fc.constantFrom(undefined, undefined, ...versions, '0.9'),
  related: fc.constantFrom(undefined, 'T1001'),
  kind: fc.constantFrom('mapped', 'mapped', 'unmapped-technique', 'unmapped-capability'),
}).map(({ capability, id, name, version, related, kind }): Mapping => {
  const row = mapped(capability, id, {
    technique: { id, ...(name !== undefined && { name }) },
    ...(version !== undefined && { release: { attackVersion: version } }),
    ...(related !== undefined && { score: { related } }),
  })
  const { technique: _technique, capability: _capability, kind: _kind, ...common } = row
  if (kind === 'unmapped-technique') return { kind, technique: row.technique, ...common }
  return kind === 'unmapped-capability' ? { kind, capability: row.capability, ...common } : row
})

const cases = fc.record({
  attack: attacks,
  rows: fc.array(rows, { maxLength: 12 }),
  from: fc.constantFrom(undefined, ...versions),
  to: fc.constantFrom(...versions),
  decisions: fc.array(fc.constantFrom('none', 'keep', 'drop', 'T1002'), { minLength: 12, maxLength: 12 }),
})

function setOf(mappings: readonly Mapping[], version: string | undefined): ResolvedSet {
  return { ...createSet({ rows: mappings }), attack: { domain: 'enterprise', ...(version !== undefined && { version }) } }
}

function upgradeOrFail(...args: Parameters<typeof upgradeSet>): UpgradedSet {
  const result = upgradeSet(...args)
  if (!result) throw new Error('the release is available')
  return result
}

/** What an upgrade must not touch. */
function withoutTechnique(row: Mapping): object {
  const { technique: _technique, release: _release, score: _score, ...others }: Mapping & { technique?: unknown } = row
  return others
}

describe('an upgrade', () => {
  it('gives every row one class, and loses none', () => {
    fc.assert(fc.property(cases, ({ attack, rows: mappings, from, to }) => {
      const result = upgradeOrFail(setOf(mappings, from), to, attack)
      expect(result.changes.map(({ before }) => before)).toEqual(mappings)
      expect(result.set.mappings).toEqual(result.changes.map(({ after }) => after))
      const { classes, rowsIn, rowsOut, open } = countUpgrade(result)
      expect(Object.values(classes).reduce((sum, count) => sum + count, 0)).toBe(rowsIn)
      expect(rowsOut).toBe(rowsIn)
      expect(open).toBe(classes.review + classes.gone + classes.undetermined + classes.unknown)
    }))
  })

  it('changes of a row its technique and its release, and only where its class says so', () => {
    fc.assert(fc.property(cases, ({ attack, rows: mappings, from, to }) => {
      for (const change of upgradeOrFail(setOf(mappings, from), to, attack).changes) {
        const { before, after } = change
        expect(after && withoutTechnique(after)).toEqual(withoutTechnique(before))
        const [old, now] = [techniqueOf(before), techniqueOf(after)]
        const isKept = ['renamed', 'moved'].includes(change.class) ? now?.id === old?.id : now?.id === old?.id && now?.name === old?.name
        const isActive = attack.release('enterprise', to).technique(now?.id ?? '')?.status === 'active'
        expect([change.class, change.class === 'replaced' ? isActive : isKept]).toEqual([change.class, true])
      }
    }))
  })

  it('with rows to merge loses none: what is out is in, and what is merged is in another row with its comment and places', () => {
    fc.assert(fc.property(cases, ({ attack, rows: mappings, from, to }) => {
      const commented = mappings.map((row, index) => ({ ...row, comments: `comment ${index};`, origins: [{ document: 'a', place: { kind: 'text', line: index + 1, column: 1 } } as const] }))
      const result = upgradeOrFail(setOf(commented, from), to, attack, new Map(), 'merge')
      const { rowsIn, rowsOut, dropped, merged = 0 } = countUpgrade(result)
      expect([rowsOut + dropped + merged, dropped]).toEqual([rowsIn, 0])
      for (const row of commented) {
        const found = result.set.mappings.filter(({ comments = '' }) => comments.includes(row.comments))
        expect(found.map(({ origins }) => origins.some(({ place }) => place.kind === 'text' && place.line === row.origins[0]?.place.line))).toEqual([true])
      }
    }))
  })

  it('to the release that the set and its rows are of changes nothing', () => {
    fc.assert(fc.property(cases, ({ attack, rows: mappings, to }) => {
      const set = setOf(mappings.map(({ release: _release, ...row }) => row), to)
      expect(upgradeOrFail(set, to, attack).set).toEqual(set)
    }))
  })

  it('twice is once', () => {
    fc.assert(fc.property(cases, ({ attack, rows: mappings, from, to }) => {
      const once = upgradeOrFail(setOf(mappings, from), to, attack)
      expect(upgradeOrFail(once.set, to, attack).set).toEqual(once.set)
    }))
  })

  it('with decisions drops what is to be dropped and nothing else, and its report satisfies the schema', async () => {
    await fc.assert(fc.asyncProperty(cases, async ({ attack, rows: mappings, from, to, decisions }) => {
      const set = setOf(mappings, from)
      const decided = new Map(mappingIds(set).flatMap((id, index): [string, Pick<DecidedRow, 'decision'>][] => {
        const word = decisions[index]
        if (word === 'keep' || word === 'drop') return [[id, { decision: { kind: word } }]]
        return word === 'T1002' ? [[id, { decision: { kind: 'replace', id: word } }]] : []
      }))
      const result = upgradeOrFail(set, to, attack, decided)
      const { rowsIn, rowsOut, dropped } = countUpgrade(result)
      expect(rowsIn).toBe(rowsOut + dropped)
      expect(dropped).toBe(decisions.slice(0, mappings.length).filter((word) => word === 'drop').length)
      const document = createUpgradeDocument(result, findCandidates(result))
      expect(document.changes.filter(({ outcome }) => outcome === 'dropped')).toHaveLength(dropped)
      expect(await schemaErrors('upgrade', document)).toEqual([])
    }))
  })

  it('of whatever documents say gives reports, sheets and a layer that satisfy their schemas', async () => {
    const attack = await loadAttackIndex()
    await fc.assert(fc.asyncProperty(arbitrarySet, fc.constantFrom('8.2', '18.1'), async (set, to) => {
      const { report } = createDiagnosticLog()
      const result = upgradeOrFail(set, to, attack)
      const candidates = findCandidates(result)
      const analysis = reportUpgrade(result, candidates, 'base')
      const artifacts = [
        ...reportFormats.flatMap((format) => reportArtifacts(analysis, format, report)),
        upgradeLayer(result, candidates, analysis, report),
        ...await xlsx.emit([result.set], { ...emitContext(attack), extraTables: new Map([[result.set, analysis]]) }, workbookOptions),
      ]
      for (const { schema, value } of artifacts) expect(await schemaErrors(schema, value)).toEqual([])
    }), { numRuns: 30 })
  }, 60_000)
})
