import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../src/attack/load-attack-index.js'
import { loadAttack } from '../../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic-log.js'
import type { DocumentFile } from '../../../src/formats/decoded.js'
import { rawBundle, rawTechnique } from '../../support/attack-bundles.js'

function file(text: string, name = 'bundle.json'): DocumentFile {
  return { name, path: `folder/${name}`, bytes: new TextEncoder().encode(text), sha256: 'c'.repeat(64) }
}

describe('loadAttack', () => {
  it('gives the shipped index, the same one every time', async () => {
    const { report, entries } = createDiagnosticLog()
    expect(await loadAttack(undefined, report)).toBe(await loadAttackIndex())
    expect(entries).toEqual([])
  })

  it('adds the release of a bundle', async () => {
    const { report, entries } = createDiagnosticLog()
    const bundle = rawBundle('99.0', [rawTechnique({ id: 'T1999' })])
    const index = await loadAttack(file(`\uFEFF${JSON.stringify(bundle)}`), report)
    expect(index.versions('enterprise').at(-1)).toBe('99.0')
    expect(index.release('enterprise').technique('T1999')?.name).toBe('Name of T1999')
    expect(entries).toEqual([])
  })

  it.each([
    ['{"type": "bun', 'is not a STIX bundle'],
    [JSON.stringify({ type: 'bundle', objects: [] }), 'does not say which ATT&CK domain it holds'],
  ])('reports what is no bundle: %s', async (text, problem) => {
    const message = `folder/bundle.json ${problem}; the releases at hand were used`
    const { report, entries } = createDiagnosticLog()
    expect(await loadAttack(file(text), report)).toBe(await loadAttackIndex())
    expect(entries).toMatchObject([{ code: 'check/unusable-bundle', severity: 'error', message }])
  })
})
