import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readExamples, readFences, runScript } from './console-examples.js'
import { createPageFolder, type PageFolder } from './page-samples.js'

const fences = await readFences('docs/upgrading.md')
const files = new Map(fences.flatMap(({ file, text }) => (file === undefined ? [] : [[file, `${text}\n`] as const])))
const rule = files.get('rule.yml') ?? ''

let place: PageFolder
beforeAll(async () => {
  place = await createPageFolder()
  for (const [name, text] of files) await writeFile(path.join(place.folder, name), text)
  const commands = fences.filter(({ language }) => language === 'console').flatMap(readExamples).map(({ line }) => line)
  await runScript(commands.filter((line) => line.includes(' upgrade ')).join('\n'), place, false)
})
afterAll(() => place.remove())

// page-commands.test.ts compares what the commands print.
describe('docs/upgrading.md', () => {
  it('leaves a rule in which ids and tactics alone are new', async () => {
    expect(await readFile(path.join(place.folder, 'rule.yml'), 'utf8')).toBe(rule
      .replace('techniques/T1562/001/', 'techniques/T1685/').replace('attack.defense_evasion', 'attack.defense_impairment').replace('attack.t1562.001', 'attack.t1685'))
  })

  it('decides about rows that the report lists', async () => {
    const changes = await readFile(path.join(place.folder, 'upgraded/nist_800_53_attack-18.1-enterprise.upgrade.changes.csv'), 'utf8')
    const decided = (files.get('decided.csv') ?? '').trim().split('\n').slice(1).map((line) => line.split(','))
    expect(decided.length).toBeGreaterThan(0)
    for (const [decision, technique, id] of decided) expect(changes).toMatch(new RegExp(`^\\w+,${decision},[^,]*,${technique},.*,${id}\\r$`, 'm'))
  })
})
