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

const verisPage = `${page.slice(0, page.indexOf('AWS Mappings'))}VERIS Mappings

Capability ID Capability Description Mapping Type ATT&CK ID ATT&CK Name
action.hacking.variety.Use of stolen creds Use of stolen creds related-to T1078.004 Cloud Accounts
`

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  await writeFile(join(cwd, 'other.txt'), page.replace('aws_config AWS Config', 'aws_iam AWS IAM'))
  await writeFile(join(cwd, 'veris.txt'), verisPage)
})

/** What the command prints; throws if it fails. */
async function run(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCrosswalk(args, { cwd })
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`)
  return stdout
}

/** The plainest use of each command, and what must be in its output. tests/e2e has the rest. */
const uses: Readonly<Record<string, () => Promise<readonly [output: string, expected: string]>>> = {
  async convert() {
    await run('convert', 'page.txt')
    return [await readFile(join(cwd, 'output/aws_attack-enterprise.csv'), 'utf8'), 'amazon_guardduty']
  },
  async merge() {
    await run('convert', 'page.txt', '--to', 'csv', '--shard', '1/1', '--output', 'shard')
    await run('merge', 'shard')
    return [await readFile(join(cwd, 'output/aws_attack-enterprise.csv'), 'utf8'), 'amazon_guardduty']
  },
  async validate() {
    await run('convert', 'page.txt', '--to', 'all')
    return [await run('validate', 'output'), 'output/aws_attack-enterprise.stix.json']
  },
  inspect: async () => [await run('inspect', 'page.txt'), 'text-page'],
  formats: async () => [await run('formats'), '.layer.json'],
  attack: async () => [await run('attack', 'show', 'T1078.004'), 'Cloud Accounts'],
  async upgrade() {
    await run('upgrade', 'page.txt', '--to-attack', '18.1', '--to', 'csv')
    return [await readFile(join(cwd, 'upgraded/aws_attack-18.1-enterprise.csv'), 'utf8'), 'T1078.004']
  },
  diff: async () => [await run('diff', 'page.txt', 'other.txt'), 'aws_config'],
  coverage: async () => [await run('coverage', 'page.txt'), 'Initial Access'],
  completion: async () => [await run('completion', 'bash'), 'complete -'],
  man: async () => [await run('man'), '.SH'],
  bridge: async () => [await run('bridge', 'page.txt', 'veris.txt'), 'amazon_guardduty'],
  async push() {
    await run('convert', 'page.txt', '--to', 'stix')
    const { address } = await serveTaxii(createFakeTaxii({}))
    return [await run('push', `${address}/api1/collections/mappings/`, 'output'), 'output/aws_attack-enterprise.stix.json']
  },
  async serve() {
    await run('convert', 'page.txt', '--to', 'stix')
    const { address } = await startServer(join(cwd, 'output'))
    const answer = await fetch(`${address}/taxii2/`, { headers: { accept: 'application/taxii+json;version=2.1' } })
    return [await answer.text(), 'api_roots']
  },
}

describe('each command does its work', () => {
  it.each(commandList.map(({ name }) => name))('crosswalk %s', async (name) => {
    const use = uses[name]
    if (!use) throw new Error(`No smoke test uses crosswalk ${name}: add one above`)
    const [output, expected] = await use()
    expect(output).toContain(expected)
  })
})
