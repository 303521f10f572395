import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = await readFile(path.join(root, 'docs/upgrading.md'), 'utf8')
const tables = Array.from(page.matchAll(/^```csv\n([\s\S]*?)^```$/gm), ([, text = '']) => text)
const rule = /^```yaml\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? ''
const commands = Array.from(page.matchAll(/^```console\n\$ (.+)\n([\s\S]*?)^```$/gm), ([, line = '', output = '']) => ({ line, output }))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-upgrading-'))
  await writeFile(path.join(folder, 'controls.csv'), tables[0] ?? '')
  await writeFile(path.join(folder, 'decided.csv'), tables[1] ?? '')
  await writeFile(path.join(folder, 'rule.yml'), rule)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('docs/upgrading.md', () => {
  it('shows two tables, a rule and five commands', () => {
    expect([tables.length, rule.length > 0, commands.length]).toEqual([2, true, 5])
  })

  it.each(commands)('$line prints what stands below it', async ({ line, output }) => {
    const command = line.replace(/^npx (?:attack-)?crosswalk/, `node "${path.join(root, 'dist/crosswalk.js')}"`)
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command], { cwd: folder, env: { ...process.env, NO_COLOR: '1' } })
    expect(stdout).toBe(output)
  })

  it('leaves a rule in which ids and tactics alone are new', async () => {
    expect(await readFile(path.join(folder, 'rule.yml'), 'utf8')).toBe(rule
      .replace('techniques/T1562/001/', 'techniques/T1685/').replace('attack.defense_evasion', 'attack.defense_impairment').replace('attack.t1562.001', 'attack.t1685'))
  })

  it('decides about rows that the report lists', async () => {
    const changes = await readFile(path.join(folder, 'upgraded/nist_800_53_attack-18.1-enterprise.upgrade.changes.csv'), 'utf8')
    const decided = (tables[1] ?? '').trim().split('\n').slice(1).map((line) => line.split(','))
    expect(decided.length).toBeGreaterThan(0)
    for (const [decision, technique, id] of decided) expect(changes).toMatch(new RegExp(`^\\w+,${decision},[^,]*,${technique},.*,${id}\\r$`, 'm'))
  })
})
