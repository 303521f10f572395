import { describe, expect, it } from 'vitest'
import type { AttackSources } from '../../../src/attack/load-attack.js'
import { convert } from '../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import { validate } from '../../../src/pipeline/validate.js'
import { rawBundle, rawTechnique } from '../../support/attack-bundles.js'
import { validateFile, validateValue } from './validate-file.js'

const layer = {
  name: 'A layer', versions: { attack: '16', navigator: '5.1.0', layer: '4.5' }, domain: 'enterprise-attack',
  techniques: [{ techniqueID: 'T1553.002', score: 1 }],
}

describe('a mapping file', () => {
  const rows = [{ capability_id: 'A', mapping_type: null, attack_object_id: 'T1059' }, { capability_id: 'B', mapping_type: null, attack_object_id: 'T1078' }]
  const text = JSON.stringify({ metadata: { technology_domain: 'enterprise', attack_version: '16.1' }, mapping_objects: rows })

  it('is decoded once: what is wrong with its text is said once', async () => {
    const { found } = await validateFile(text.replace('{"capability_id":"A"', '{"capability_id":"C","capability_id":"A"'))
    expect(found.filter((entry) => entry.startsWith('read/'))).toEqual(['read/duplicate-name'])
  })

  it('is read within the limits of the host', async () => {
    const host = { ...createMemoryHost({ 'file.json': text }), limits: { mappings: 1 } }
    const { files } = await validate({ inputs: [] }, host)
    expect(files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toContain('read/too-large')
  })
})

describe('a Navigator layer', () => {
  it('passes when it is sound, and so does a list of layers', async () => {
    expect(await validateValue(layer)).toEqual({ kind: 'navigator-layer', found: [] })
    expect(await validateValue([layer, layer])).toEqual({ kind: 'navigator-layer', found: [] })
  })

  it.each([
    ['a schema fault', { ...layer, sorting: 7 }, ['verify/schema /sorting']],
    ['an entry without a technique', { ...layer, techniques: [{ techniqueID: null }] },
      ['verify/schema /techniques/0/techniqueID', 'verify/meaning /techniques/0']],
    ['an unknown technique', { ...layer, techniques: [{ techniqueID: 'T9999' }] },
      ['check/unknown-technique /techniques/0/techniqueID']],
    ['a technique of another domain', { ...layer, techniques: [{ techniqueID: 'T1521.003' }] },
      ['check/wrong-domain /techniques/0/techniqueID']],
    ['a sub-technique without a parent', { ...layer, techniques: [{ techniqueID: 'T9953.002' }] },
      ['check/parent-unknown /techniques/0/techniqueID']],
    ['a revoked technique', { ...layer, techniques: [{ techniqueID: 'T1086' }] },
      ['check/revoked-technique /techniques/0/techniqueID']],
    ['a technique twice', { ...layer, techniques: [...layer.techniques, ...layer.techniques] },
      ['verify/doubtful /techniques/1']],
    ['a tactic that is not its own', { ...layer, techniques: [{ techniqueID: 'T1553.002', tactic: 'impact' }] },
      ['verify/doubtful /techniques/0/tactic']],
    ['an old format', { ...layer, versions: { ...layer.versions, layer: '4.3' } }, ['verify/doubtful /versions']],
    ['an unknown release', { ...layer, versions: { ...layer.versions, attack: '99' } }, ['check/newer-release /versions']],
    ['no name, in an old format', { ...layer, name: undefined, versions: { layer: '4.2', attack: '16' } },
      ['verify/doubtful /versions', 'verify/schema ']],
  ])('is found to have %s', async (_what, value, found) => {
    expect(await validateValue(value)).toEqual({ kind: 'navigator-layer', found })
  })

  it('is judged by its own release and domain', async () => {
    expect((await validateValue({ ...layer, domain: 'ics-attack' })).found)
      .toEqual(['check/wrong-domain /techniques/0/techniqueID'])
  })
})

describe('other files', () => {
  it.each([
    ['{"hello": 1}', 'other.json'],
    ['[]', 'list.json'],
    ['null', 'null.json'],
    ['Just a sentence.', 'prose.txt'],
  ])('%s is of no known kind', async (text, name) => {
    expect(await validateFile(text, name)).toEqual({ kind: undefined, found: [expect.stringContaining('verify/unknown-kind')] })
  })

  it('a broken file is told where it breaks', async () => {
    expect((await validateFile('{"type": "bundle", ')).found).toEqual([expect.stringMatching(/^read\/malformed/)])
  })

  it('a mapping file goes through its parser and the checks', async () => {
    const mapping = {
      metadata: { mapping_version: '1', attack_version: '16.1', technology_domain: 'enterprise', mapping_framework: 'aws',
        mapping_framework_version: '1' },
      mapping_objects: [{ capability_id: 'a', capability_description: 'A', mapping_type: 'technique_scores',
        attack_object_id: 'T9999', attack_object_name: 'X' }],
    }
    const { kind, found } = await validateValue(mapping)
    expect(kind).toBe('mapping-document')
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(/^check\/unknown-technique \/mapping_objects\/0/)]))
  })

  it('a mapping file is compared with the bundle that is named', async () => {
    const mapping = JSON.stringify({
      metadata: { mapping_version: '1', attack_version: '99.0', technology_domain: 'enterprise', mapping_framework: 'aws',
        mapping_framework_version: '1' },
      mapping_objects: [{ capability_id: 'a', mapping_type: 'technique_scores', attack_object_id: 'T1999' }],
    })
    const bytes = new TextEncoder().encode(JSON.stringify(rawBundle('99.0', [rawTechnique({ id: 'T1999' })])))
    const attackBundle = { name: 'b.json', path: 'b.json', bytes, sha256: '' }
    const host = createMemoryHost({ 'm.json': mapping })
    const codesWith = async (sources: AttackSources): Promise<readonly string[]> => {
      const { diagnostics } = await validate({ inputs: ['m.json'], ...sources }, host)
      return diagnostics.map(({ code }) => code).filter((code) => code.startsWith('check/'))
    }
    expect(await codesWith({})).toEqual(['check/newer-release'])
    expect(await codesWith({ attackBundle })).toEqual([])
  })

  it('a missing file is an error', async () => {
    const { files, diagnostics } = await validate({ inputs: ['missing.json'] }, createMemoryHost({}))
    expect(files).toEqual([])
    expect(diagnostics).toMatchObject([{ code: 'read/not-found', severity: 'error' }])
  })
})

const page = `AWS Mappings

Capability ID Capability Description Mapping Type ATT&CK ID ATT&CK Name
amazon_guardduty Amazon GuardDuty technique_scores T1078.004 Cloud Accounts
aws_config AWS Config technique_scores T1078.004 Cloud Accounts
`

async function writeTable(): Promise<string> {
  const host = createMemoryHost({ 'page.txt': page })
  await convert({ inputs: [], emitters: ['csv'], statements: { framework: 'aws', attackVersion: '16.1' } }, host)
  const [, bytes] = Array.from(host.written).find(([name]) => name.endsWith('.csv')) ?? []
  return new TextDecoder().decode(bytes)
}

describe('our own tables', () => {
  it('pass as they are written', async () => {
    expect(await validateFile(await writeTable(), 'table.csv')).toEqual({ kind: 'mapping-table', found: [] })
  })

  it('are compared with ATT&CK by every rule', async () => {
    const table = await writeTable()
    const outcomes = await Promise.all([
      ['T9999', 'check/unknown-technique'],
      ['T1086', 'check/revoked-technique'],
      ['T1034', 'check/deprecated-technique'],
      ['T1521.003', 'check/wrong-domain'],
      ['T9953.002', 'check/parent-unknown'],
      ['T1059', 'check/technique-name-differs'],
    ].map(async ([id = '', code = '']) => {
      const { found } = await validateFile(table.replaceAll('T1078.004', id), 'table.csv')
      return [id, found.includes(code)]
    }))
    expect(outcomes.filter(([, isTold]) => isTold !== true)).toEqual([])
  })

  it('are found to hold a row twice, a fault of the schema, a foreign column', async () => {
    const table = await writeTable()
    const [header = '', first = '', second = ''] = table.split('\r\n')
    expect((await validateFile([header, first, first].join('\r\n'), 'table.csv')).found).toContain('verify/meaning')
    expect((await validateFile([header, first, second.replace(',active,', ',asleep,')].join('\r\n'), 'table.csv')).found)
      .toEqual(['verify/schema'])
    expect((await validateFile([`${header},mood`, `${first},good`].join('\r\n'), 'table.csv')).found)
      .toEqual(['parse/unknown-field', 'verify/schema'])
  })
})
