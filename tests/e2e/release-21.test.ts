import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rawBundle, rawMatrix, rawRevocation, rawTactic, rawTechnique, stixId } from '../support/attack-bundles.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

const chain = (name: string, ...phases: readonly string[]): { kill_chain_phases: readonly object[] } =>
  ({ kill_chain_phases: phases.map((phase_name) => ({ kill_chain_name: name, phase_name })) })

/**
 * Release 21 as MITRE may publish it one day: T1059.001 was renumbered, T1059 renamed, there is a new tactic, ICS has sub-techniques, and
 * T1750 is in Enterprise and in ICS.
 */
function enterprise21(): string {
  return JSON.stringify(rawBundle('21.0', [
    rawMatrix('Enterprise ATT&CK', ['TA0002', 'TA0201']),
    rawTactic('TA0002', 'execution', { name: 'Execution' }),
    rawTactic('TA0201', 'model-abuse', { name: 'Model Abuse' }),
    rawTechnique({ id: 'T1059', name: 'Borrowed Interpreters', tactics: ['execution'] }),
    rawTechnique({ id: 'T1059.001', name: 'PowerShell', tactics: ['execution'], more: { revoked: true } }),
    rawRevocation('T1059.001', 'T1790.001'),
    rawTechnique({ id: 'T1790', name: 'Rented Shells', tactics: ['execution', 'model-abuse'] }),
    rawTechnique({ id: 'T1790.001', name: 'Blue Shell', tactics: ['execution'] }),
    rawTechnique({ id: 'T1750', name: 'Talking a Model Over', tactics: ['model-abuse'] }),
  ]))
}

function ics21(): string {
  const inIcs = chain('mitre-ics-attack', 'lateral-movement')
  return JSON.stringify(rawBundle('21.0', [
    rawMatrix('ATT&CK for ICS', ['TA0109']),
    rawTactic('TA0109', 'lateral-movement', { name: 'Lateral Movement' }),
    rawTechnique({ id: 'T0843', name: 'Program Download', more: inIcs }),
    rawTechnique({ id: 'T0843.001', name: 'By Hand', more: inIcs }),
    rawTechnique({ id: 'T1750', name: 'Talking a Controller Over', uuid: 21_750, more: inIcs }),
  ], 'ICS'))
}

type Row = readonly [technique: string, name: string, capability: string]

function table(version: string, domain: string, rows: readonly Row[]): string {
  const head = 'mapping_framework,mapping_framework_version,capability_id,capability_description,mapping_type,attack_object_id,'
    + 'attack_object_name,attack_version,technology_domain'
  return [head, ...rows.map(([id, name, capability]) => `mine,1,${capability},Control ${capability},mitigates,${id},${name},${version},${domain}`), '']
    .join('\n')
}

const rows: readonly Row[] = [
  ['T1059', 'Borrowed Interpreters', 'A-1'], ['T1790', 'Rented Shells', 'A-1'], ['T1790.001', 'Blue Shell', 'A-2'],
  ['T1750', 'Talking a Model Over', 'A-3'],
]

interface Layer {
  readonly domain: string
  readonly versions: { readonly attack: string }
  readonly techniques: readonly { readonly techniqueID: string }[]
}

interface Bundle {
  readonly objects: readonly { readonly type: string, readonly id: string, readonly name?: string, readonly external_references?: readonly object[] }[]
}

function textIn(folder: string, ending: string): string {
  return readFileSync(join(folder, readdirSync(folder).find((one) => one.endsWith(ending)) ?? ending), 'utf8')
}

function layerIn(folder: string): Layer {
  const layer: Layer = JSON.parse(textIn(folder, '.layer.json'))
  return layer
}

function bundleIn(folder: string): Bundle {
  const bundle: Bundle = JSON.parse(textIn(folder, '.stix.json'))
  return bundle
}

const formats = 'stix,misp-galaxy,navigator,csv,xlsx,json,yaml,markdown,html,svg'

async function prepare(): Promise<{ readonly cwd: string; readonly run: (...args: readonly string[]) => Promise<Run> }> {
  const cwd = await createFolder()
  const files = {
    'enterprise-attack-21.0.json': enterprise21(), 'ics-attack-21.0.json': ics21(),
    'new.csv': table('21.0', 'enterprise', rows),
    'ics.csv': table('21.0', '', [['T0843.001', 'By Hand', 'B-1'], ['T0843', 'Program Download', 'B-1'], ['T1750', '', 'B-2']]),
    'old.csv': table('18.1', 'enterprise', [['T1059.001', 'PowerShell', 'A-2'], ['T1059', 'Command and Scripting Interpreter', 'A-1']]),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
  return { cwd, run: (...args) => runCrosswalk(args, { cwd, env: { COLUMNS: '120' } }) }
}

describe('a release of the future', () => {
  it('is used by every command once it is added, in both domains', async () => {
    const { cwd, run } = await prepare()
    expect(await run('attack', 'add', 'enterprise-attack-21.0.json')).toMatchObject({ code: 0 })
    expect(await run('attack', 'add', 'ics-attack-21.0.json')).toMatchObject({ code: 0 })
    expect((await run('attack', 'list')).stdout).toMatch(/^enterprise +21\.0 +2 /m)
    expect((await run('attack', 'show', 'T1059.001')).stdout).toContain('T1790.001')
    expect((await run('attack', 'show', 'T1750', '--domain', 'ics')).stdout).toContain('Talking a Controller Over')

    const converted = await run('convert', 'new.csv', '--to', formats, '-o', 'out')
    expect(converted).toMatchObject({ code: 0 })
    expect(converted.stderr).not.toMatch(/warning|check\/|technique-stub/)
    const layer = layerIn(join(cwd, 'out'))
    expect(layer.versions.attack).toBe('21')
    expect(layer.techniques.map(({ techniqueID }) => techniqueID)).toEqual(['T1059', 'T1750', 'T1790', 'T1790.001'])
    expect(bundleIn(join(cwd, 'out')).objects.filter(({ type }) => type === 'attack-pattern').map(({ id }) => id))
      .toContain(stixId('attack-pattern', 1_790_001))

    expect((await run('inspect', 'new.csv')).stderr).not.toContain('warning')
    expect((await run('coverage', 'new.csv')).stdout).toMatch(/Model Abuse +2 +2 +100%/)
    expect(await run('validate', ...readdirSync(join(cwd, 'out')).filter((name) => /\.(?:json|csv|xlsx)$/.test(name)).map((name) => `out/${name}`)))
      .toMatchObject({ code: 0 })
    expect((await run('diff', 'old.csv', 'new.csv')).stdout).toContain('T1790')
    expect((await run('bridge', 'old.csv', 'new.csv')).stdout).toMatch(/T1059\.001 as T1790\.001/)

    const upgraded = await run('upgrade', 'old.csv', '--to-attack', '21.0')
    expect(`${upgraded.stdout}${upgraded.stderr}`).toContain('Blue Shell')
  })

  it('has ids of two domains, which the other ids of the document decide, and this is said', async () => {
    const { cwd, run } = await prepare()
    await run('attack', 'add', 'enterprise-attack-21.0.json')
    await run('attack', 'add', 'ics-attack-21.0.json')
    const { code, stderr } = await run('convert', 'ics.csv', '--to', 'navigator,stix', '-o', 'out', '--verbose')
    expect(code).toBe(0)
    expect(stderr).toContain('In other domains too, and taken as of ics: T1750')
    const layer = layerIn(join(cwd, 'out'))
    expect([layer.domain, layer.techniques.map(({ techniqueID }) => techniqueID)]).toEqual(['ics-attack', ['T0843', 'T0843.001', 'T1750']])
    expect(bundleIn(join(cwd, 'out')).objects.map(({ id }) => id)).toContain(stixId('attack-pattern', 21_750))
  })

  it('is used for one run with --attack', async () => {
    const { run } = await prepare()
    const { code, stderr } = await run('convert', 'new.csv', '--attack', 'enterprise-attack-21.0.json', '--to', 'stix', '-o', 'out')
    expect(code).toBe(0)
    expect(stderr).not.toContain('check/')
  })

  it('that was not added costs one warning and no row: the artifacts state it, and nothing is said against it', async () => {
    const { cwd, run } = await prepare()
    const { code, stdout, stderr } = await run('convert', 'new.csv', '--to', formats, '-o', 'out', '--verbose')
    expect(code).toBe(0)
    expect(stderr.match(/ warning /g)).toHaveLength(1)
    expect(stderr).toContain('kept as stated: 3 techniques (T1790, T1790.001, T1750)')
    expect(stderr).toContain('crosswalk attack fetch 21.0')
    expect(stderr).not.toContain('did you mean')
    expect(stdout.match(/rows: 4/g)?.length).toBeGreaterThanOrEqual(6)

    const layer = layerIn(join(cwd, 'out'))
    expect(layer.versions.attack).toBe('21')
    expect(layer.techniques.map(({ techniqueID }) => techniqueID)).toEqual(['T1059', 'T1750', 'T1790', 'T1790.001'])
    const stub = bundleIn(join(cwd, 'out')).objects.find(({ name }) => name === 'Blue Shell')
    expect(stub?.external_references).toEqual([{ source_name: 'mitre-attack', external_id: 'T1790.001' }])
    for (const command of ['inspect', 'coverage', 'validate']) expect(await run(command, 'new.csv')).toMatchObject({ code: 0 })
    expect((await run('coverage', 'new.csv')).stdout).toContain('3 techniques in 3 rows')
    expect((await run('upgrade', 'new.csv', '--to-attack', '19.1')).stdout).toContain('newer than all available releases')
  })

  it('that was not added has MITRE\'s STIX ids if the document has them', async () => {
    const { cwd, run } = await prepare()
    await run('convert', 'new.csv', '--attack', 'enterprise-attack-21.0.json', '--to', 'stix', '-o', 'first')
    const name = readdirSync(join(cwd, 'first')).find((one) => one.endsWith('.stix.json')) ?? ''
    const { code } = await run('convert', `first/${name}`, '--to', 'stix', '-o', 'second')
    expect(code).toBe(0)
    const patterns = (folder: string): readonly string[] => bundleIn(join(cwd, folder)).objects
      .filter(({ type }) => type === 'attack-pattern').map(({ id }) => id).toSorted()
    expect(patterns('second')).toEqual(expect.arrayContaining([1_790_001, 1_790_000, 1_750_000].map((one) => stixId('attack-pattern', one))))
  })
})
