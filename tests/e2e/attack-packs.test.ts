import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rawTechnique } from '../support/attack-bundles.js'
import { attack, kept, release } from './added-releases.js'
import { createFolder } from './run-crosswalk.js'

describe('attack export', () => {
  it('writes a pack that adds the same releases elsewhere, and only what is not available there', async () => {
    const [here, there] = [await createFolder(), await createFolder()]
    writeFileSync(join(here, 'enterprise-attack-99.0.json'), release('99.0', [rawTechnique({ id: 'T1999', name: 'Brand New' })]))
    await attack(here, 'add', 'enterprise-attack-99.0.json')
    expect(await attack(here, 'export', 'all.json')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^all\.json: 38 releases, /) })
    await attack(here, 'export', 'again.json')
    expect(readFileSync(join(here, 'again.json'), 'utf8')).toBe(readFileSync(join(here, 'all.json'), 'utf8'))
    expect(readFileSync(join(here, 'all.json'), 'utf8')).not.toContain(here)

    copyFileSync(join(here, 'all.json'), join(there, 'all.json'))
    const added = await attack(there, 'add', 'all.json')
    expect(added).toMatchObject({ code: 0, stderr: '' })
    expect(added.stdout).toMatch(/^Enterprise ATT&CK 99\.0: 1 tactic, 3 techniques, saved to .*\n37 releases not saved: available already\n$/)
    expect(kept(there)).toEqual(['enterprise-99.0.json'])
    for (const id of ['T1999', 'T1086', 'T1685', 'T0803', 'TA0005']) {
      const show = ['show', id, '--format', 'json']
      expect((await attack(there, ...show)).stdout, id).toBe((await attack(here, ...show)).stdout)
    }
    expect((await attack(there, 'add', 'all.json')).stdout).toBe('38 releases not saved: available already\n')
  })

  it('takes some releases, and says which it does not have', async () => {
    const cwd = await createFolder()
    expect((await attack(cwd, 'export', 'ics.json', '--domain', 'ics', '--attack-version', '19.1', '--attack-version', '18.1')).stdout)
      .toContain('ics.json: 2 releases')
    expect(JSON.parse(readFileSync(join(cwd, 'ics.json'), 'utf8'))).toMatchObject({ releases: [
      { domain: 'ics', version: '18.1', complete: true, source: 'ics-attack-18.1.json' },
      { domain: 'ics', version: '19.1', complete: false, lacks: ['dates', 'withdrawn', 'successors'], source: 'attack-19.1-facts.json' },
    ] })
    const none = await attack(cwd, 'export', 'x.json', '--domain', 'mobile', '--attack-version', '10.0')
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('ATT&CK 10.0 is not available; available releases: mobile 8.2, ') })
    expect(existsSync(join(cwd, 'x.json'))).toBe(false)
  })

  it('is refused when damaged, with the place', async () => {
    const cwd = await createFolder()
    await attack(cwd, 'export', 'p.json', '--domain', 'mobile')
    const text = readFileSync(join(cwd, 'p.json'), 'utf8')
    for (const [name, changed, problem] of [
      ['cut.json', text.slice(0, 5000), /^error: cut\.json is a damaged data pack: .*position/],
      ['edited.json', text.replace('|Defense Evasion|', '|Offence|'), /^error: edited\.json is damaged or was changed: .*SHA-256/],
      ['odd.json', text.replace('"matrix"', '"matrices"'), /^error: odd\.json is a damaged data pack: \/data\/mobile must have/],
      ['newer.json', text.replace('"version": 1,', '"version": 2,'), /^error: newer\.json is a damaged data pack: \/version must be/],
    ] as const) {
      writeFileSync(join(cwd, name), changed)
      expect(await attack(cwd, 'add', name), name).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(problem) })
    }
    expect(kept(cwd)).toEqual([])
  })

  it('never replaces a complete release by a partial one; a bundle replaces the partial one', async () => {
    const cwd = await createFolder()
    await attack(cwd, 'export', 'partial.json', '--domain', 'enterprise', '--attack-version', '19.1')
    writeFileSync(join(cwd, 'b.json'), release('19.1'))
    expect((await attack(cwd, 'add', 'b.json')).stdout).toContain('replaces the same release shipped with Crosswalk')
    const complete = (await attack(cwd, 'show', 'T1059', '--attack-version', '19.1')).stdout
    expect(complete).toContain('T1059 Interpreters of All Kinds (Enterprise ATT&CK 19.1)')
    expect(complete).not.toContain('partial')
    expect((await attack(cwd, 'add', 'partial.json')).stdout).toBe('1 release not saved: available already\n')
    expect((await attack(cwd, 'show', 'T1059', '--attack-version', '19.1')).stdout).toBe(complete)
    expect((await attack(cwd, 'list')).stdout).not.toContain('Enterprise ATT&CK 19.1  lacks')
  })
})
