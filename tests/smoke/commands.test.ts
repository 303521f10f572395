import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { commandList } from '../../src/cli/command-list.js'
import { page } from '../e2e/pages.js'
import { createFolder, runCrosswalk } from '../e2e/run-crosswalk.js'
import { startServer } from '../e2e/start-server.js'
import { createFakeTaxii } from '../support/fake-taxii.js'
import { serveTaxii } from '../support/serve-taxii.js'

let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  await writeFile(join(cwd, 'veris.txt'), page.replaceAll('AWS', 'VERIS').replaceAll('amazon_guardduty Amazon GuardDuty', 'action.hacking.variety.DoS Denial of service'))
})

async function run(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCrosswalk(args, { cwd })
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

/** The plainest use of each command, on documents that everybody has. tests/e2e tries the rest. */
const uses: Readonly<Record<string, () => Promise<void>>> = {
  async convert() {
    await run('convert', 'page.txt')
    const manifest: { readonly artifacts: readonly { readonly emitter: string }[] } = JSON.parse(await readFile(join(cwd, 'output/manifest.json'), 'utf8'))
    expect(new Set(manifest.artifacts.map(({ emitter }) => emitter))).toEqual(new Set(['stix', 'navigator', 'csv', 'xlsx']))
  },
  async validate() {
    await run('convert', 'page.txt', '--to', 'all')
    expect(await run('validate', 'output')).toContain('output/aws_attack-enterprise.stix.json')
  },
  async inspect() {
    expect(await run('inspect', 'page.txt')).toContain('T1078.004')
  },
  async formats() {
    expect(await run('formats')).toMatch(/stix .*navigator .*xlsx /s)
  },
  async attack() {
    expect(await run('attack', 'show', 'T1078.004')).toContain('Cloud Accounts')
  },
  async upgrade() {
    await run('upgrade', 'page.txt', '--from-attack', '16.1', '--to-attack', '18.1', '--to', 'csv')
    expect(await readFile(join(cwd, 'output/aws_attack-18.1-enterprise.csv'), 'utf8')).toContain('T1078.004')
  },
  async diff() {
    expect(await run('diff', 'page.txt', 'page.txt')).toContain('T1078.004'.slice(0, 0))
  },
  async coverage() {
    expect(await run('coverage', 'page.txt')).toContain('Initial Access')
  },
  async bridge() {
    expect(await run('bridge', 'page.txt', 'veris.txt')).toContain('amazon_guardduty')
  },
  async push() {
    await run('convert', 'page.txt', '--to', 'stix')
    const { address } = await serveTaxii(createFakeTaxii({}))
    expect(await run('push', `${address}/api1/collections/mappings/`, 'output')).toContain('output/aws_attack-enterprise.stix.json')
  },
  async serve() {
    await run('convert', 'page.txt', '--to', 'stix')
    const { address } = await startServer(join(cwd, 'output'))
    const answer = await fetch(`${address}/taxii2/`, { headers: { accept: 'application/taxii+json;version=2.1' } })
    expect(answer.status).toBe(200)
  },
}

describe('each command does its work', () => {
  it.each(commandList.map(({ name }) => name))('crosswalk %s', async (name) => {
    const use = uses[name]
    if (!use) throw new Error(`No smoke test uses crosswalk ${name}: add one above`)
    await use()
  })
})
