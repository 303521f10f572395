import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const bundle = fileURLToPath(new URL('../../../shared/attack-groups/enterprise-attack-18.1.json', import.meta.url))
const table = 'capability_id,technique\nC-1,T1059.001\nC-2,T1078.004\nC-2,T1001.002\n'

describe('convert --against', () => {
  it('says how to get a bundle, without one, and that other formats show no adversaries', async () => {
    const cwd = await createFolder()
    await writeFile(path.join(cwd, 'controls.csv'), table)
    const { code, stderr } = await runCrosswalk(['convert', 'controls.csv', '--against', 'APT29', '--to', 'csv'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('--against has no effect without --to navigator or xlsx or html')
    expect(stderr).toContain('https://github.com/mitre-attack/attack-stix-data')
    expect((await readdir(cwd)).includes('output')).toBe(false)
  })

  it.skipIf(!existsSync(bundle))('writes a layer, a sheet and a report, which are valid (skipped without the shared data)', async () => {
    const cwd = await createFolder()
    await writeFile(path.join(cwd, 'controls.csv'), table)
    const args = ['convert', 'controls.csv', '--attack-version', '18.1', '--attack', bundle, '--against', 'cozy bear,C0024', '--to', 'navigator,xlsx,html', '--framework', 'own']
    expect((await runCrosswalk(args, { cwd })).code).toBe(0)
    const files = (await readdir(path.join(cwd, 'output'))).filter((name) => name.startsWith('own'))
    expect(files.toSorted()).toEqual(['against-c0024.layer.json', 'against-g0016.layer.json', 'html', 'layer.json', 'xlsx'].map((end) => `own_attack-18.1-enterprise.${end}`))
    const page = await readFile(path.join(cwd, 'output/own_attack-18.1-enterprise.html'), 'utf8')
    expect(/APT29 uses [^.]*\./.exec(page)?.[0]).toBe('APT29 uses 119 techniques, itself or in its campaigns: 3 covered, 116 not covered.')
    expect((await runCrosswalk(['validate', 'output'], { cwd })).code).toBe(0)
    expect((await runCrosswalk(['convert', 'controls.csv', '--attack', bundle, '--against', 'cozy beer'], { cwd })).stderr).toContain('Did you mean "Cozy Bear"?')
  })
})

describe('coverage --against', () => {
  it('says how to get a bundle, without one', async () => {
    const cwd = await createFolder()
    await writeFile(path.join(cwd, 'controls.csv'), table)
    const { code, stderr } = await runCrosswalk(['coverage', 'controls.csv', '--against', 'APT29'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('https://github.com/mitre-attack/attack-stix-data')
    expect(stderr).toContain('--attack')
  })

  describe.skipIf(!existsSync(bundle))('with a bundle of MITRE (skipped without the shared data)', () => {
    it("counts and lists APT29's techniques, by an alias too, and suggests names", async () => {
      const cwd = await createFolder()
      await writeFile(path.join(cwd, 'controls.csv'), table)
      const against = async (name: string) => runCrosswalk(['coverage', 'controls.csv', '--attack-version', '18.1', '--attack', bundle, '--against', name, '--format', 'json'], { cwd })
      const { code, stdout } = await against('cozy bear')
      expect(code).toBe(0)
      const [apt29] = JSON.parse(stdout).against
      expect(apt29).toMatchObject({ id: 'G0016', name: 'APT29', kind: 'group', from: { domain: 'enterprise', version: '18.1' } })
      const mapped = apt29.techniques.filter(({ state }: { state: string }) => state === 'mapped')
      expect(mapped.map(({ id, itself }: { id: string, itself: boolean }) => [id, itself])).toEqual([['T1001.002', false], ['T1059.001', true], ['T1078.004', true]])
      expect(apt29.techniques.filter(({ itself }: { itself: boolean }) => itself)).toHaveLength(66)
      expect((await against('cozy beer')).stderr).toContain('Did you mean "Cozy Bear"?')
    })

    it('writes a layer with its techniques only, and a sheet', async () => {
      const cwd = await createFolder()
      await writeFile(path.join(cwd, 'controls.csv'), table)
      for (const format of ['layer', 'xlsx', 'csv']) {
        const { code } = await runCrosswalk(['coverage', 'controls.csv', '--attack', bundle, '--against', 'G0016', '--format', format, '--output', format], { cwd })
        expect(code).toBe(0)
      }
      const [name = ''] = await readdir(path.join(cwd, 'layer'))
      const layer = JSON.parse(await readFile(path.join(cwd, 'layer', name), 'utf8'))
      expect(name).toMatch(/\.against-g0016\.layer\.json$/)
      expect(layer.legendItems.map(({ label }: { label: string }) => label.split(':')[0])).toEqual(expect.arrayContaining([expect.stringContaining('not covered')]))
      expect(layer.techniques.find(({ techniqueID }: { techniqueID: string }) => techniqueID === 'T1078.004').comment).toContain('Mapped: C-2')
      expect((await readdir(path.join(cwd, 'csv'))).some((file) => file.endsWith('.against-g0016.csv'))).toBe(true)
    })
  })
})
