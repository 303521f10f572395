import { describe, expect, it } from 'vitest'
import { loadAttack, loadAttackIndex } from '../../../src/attack/load-attack.js'
import { readAttackBundle } from '../../../src/attack/bundle/read-attack-bundle.js'
import { renderStoredRelease } from '../../../src/attack/stored-index.js'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import type { DocumentFile } from '../../../src/formats/decoded.js'
import { rawBundle, rawTactic, rawTechnique } from '../../support/attack-bundles.js'

function file(text: string, name = 'bundle.json'): DocumentFile {
  return { name, path: `folder/${name}`, bytes: new TextEncoder().encode(text), sha256: 'c'.repeat(64) }
}

describe('loadAttack', () => {
  it('gives the shipped index, the same one every time', async () => {
    const { report, entries } = createDiagnosticLog()
    expect(await loadAttack({}, report)).toBe(await loadAttackIndex())
    expect(entries).toEqual([])
  })

  it('adds the release of a bundle', async () => {
    const { report, entries } = createDiagnosticLog()
    const bundle = rawBundle('99.0', [rawTechnique({ id: 'T1999' })])
    const index = await loadAttack({ attackBundle: file(`\uFEFF${JSON.stringify(bundle)}`) }, report)
    expect(index.versions('enterprise').at(-1)).toBe('99.0')
    expect(index.release('enterprise').technique('T1999')?.name).toBe('Name of T1999')
    expect(entries).toEqual([])
  })

  it.each([
    ['{"type": "bun', 'is truncated'],
    ['<html>', 'is not JSON'],
    ['[]', 'is not a STIX bundle'],
    [JSON.stringify({ type: 'bundle', objects: [] }), 'does not state its ATT&CK domain'],
  ])('reports what is no bundle: %s', async (text, problem) => {
    const message = `folder/bundle.json ${problem}; the other available releases were used`
    const { report, entries } = createDiagnosticLog()
    expect(await loadAttack({ attackBundle: file(text) }, report)).toBe(await loadAttackIndex())
    expect(entries).toMatchObject([{ code: 'check/unusable-bundle', severity: 'error', message }])
  })

  it('adds the releases that the user keeps, and replaces those of the index', async () => {
    const { report, entries } = createDiagnosticLog()
    const index = await loadAttack({ attackReleases: [stored('99.0', 'T1999'), stored('18.1', 'T1998')] }, report)
    expect(index.versions('enterprise').slice(-3)).toEqual(['18.1', '19.1', '99.0'])
    expect(index.release('enterprise')).toMatchObject({ version: '99.0', match: 'newest' })
    expect(index.release('enterprise', '18.1').techniques().map(({ id }) => id)).toEqual(['T1998'])
    expect(index.release('mobile').version).toBe('19.1')
    expect(entries).toEqual([])
  })

  it('lets a complete release replace a partial one, and not the other way round', async () => {
    const { report, entries } = createDiagnosticLog()
    const complete = await loadAttack({ attackReleases: [stored('19.1', 'T1998')] }, report)
    expect(complete.release('enterprise', '19.1').lacks).toBeUndefined()
    expect(complete.release('enterprise', '19.1').techniques().map(({ id }) => id)).toEqual(['T1998'])
    const partial = { ...stored('18.1', 'T1998'), bytes: withLacks(stored('18.1', 'T1998').bytes, '18.1') }
    const kept = await loadAttack({ attackReleases: [partial] }, report)
    expect(kept.release('enterprise', '18.1').technique('T1998')).toBeUndefined()
    const unknown = await loadAttack({ attackReleases: [{ ...partial, bytes: withLacks(stored('99.0', 'T1998').bytes, '99.0') }] }, report)
    expect(unknown.release('enterprise', '99.0').lacks).toEqual(['dates'])
    expect(entries).toEqual([])
  })

  it('loads only the domains that are asked for', async () => {
    const index = await loadAttackIndex(['mobile'])
    expect(index.versions('mobile').at(-1)).toBe('19.1')
    expect([index.versions('enterprise'), index.domainsOf('T1059')]).toEqual([[], []])
    expect(await loadAttackIndex(['mobile'])).toBe(index)
  })

  it('leaves a damaged one out, and says so', async () => {
    const { report, entries } = createDiagnosticLog()
    const whole = new TextDecoder().decode(stored('99.0', 'T1999').bytes)
    const damaged = [whole.slice(0, -9), '', '[]', '{"from":"x","format":1}', whole.replace('99.0"', '__proto__"'), whole.replace('"format": 1', '"format": 2')]
    const attackReleases = damaged.map((text) => file(text, 'enterprise-99.0.json'))
    expect(await loadAttack({ attackReleases }, report)).toBe(await loadAttackIndex())
    expect(entries.map(({ code }) => code)).toEqual(damaged.map(() => 'check/damaged-release'))
    expect(entries[0]).toMatchObject({ severity: 'warning', found: 'folder/enterprise-99.0.json' })
  })
})

function stored(version: string, id: string): DocumentFile {
  const result = readAttackBundle(rawBundle(version, [rawTactic('TA0001', 'initial-access'), rawTechnique({ id })]))
  if ('problem' in result) throw new Error(result.problem)
  return file(renderStoredRelease(result.release, '/somewhere/bundle.json'), `enterprise-${version}.json`)
}

/** Makes a stored release of Enterprise partial. */
function withLacks(bytes: Uint8Array, version: string): Uint8Array {
  const release: { enterprise: object } = JSON.parse(new TextDecoder().decode(bytes))
  return new TextEncoder().encode(JSON.stringify({ ...release, enterprise: { ...release.enterprise, partial: { [version]: ['dates'] } } }))
}
