import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { convert, createMemoryHost } from '../../src/index.js'
import type { Mapping } from '../../src/model/mapping.js'
import { securityStack } from '../../src/parsers/security-stack/security-stack.js'
import { readDocument } from '../support/read-document.js'
import { readUnified, type UnifiedRow } from '../support/read-unified.js'
import { shared, sharedFolder } from '../support/shared.js'

const aws = 'aws-09.21.2021_attack-9.0-enterprise.json'
const azure = 'azure-06.29.2021_attack-8.2-enterprise.json'
const gcp = 'gcp-06.28.2022_attack-10.0-enterprise.json'

/** A file of the older form, the rows that it holds, and the published file that CTID made of it and others. */
const controls = [
  { name: 'AWS/AWSCloudHSM.yaml', rows: 9, unified: aws, attack: '9.0' },
  { name: 'AWS/AWSSecurityHub.yaml', rows: 43, unified: aws, attack: '9.0' },
  { name: 'AWS/AmazonGuardDuty.yaml', rows: 62, unified: aws, attack: '9.0' },
  { name: 'Azure/AzureDedicatedHSM.yaml', rows: 8, unified: azure, attack: '8.2' },
  { name: 'Azure/AzureSentinel.yaml', rows: 170, unified: azure, attack: '8.2' },
  { name: 'GCP/Chronicle.yaml', rows: 106, unified: gcp, attack: '10.0' },
  { name: 'GCP/CloudHSM.yaml', rows: 7, unified: gcp, attack: '10.0' },
] as const

describe.skipIf(sharedFolder === undefined)('CTID\'s Security Stack files', () => {
  it.each(controls)('$name holds $rows rows, and all are read', async ({ name, rows, unified, attack }) => {
    const bytes = readControl(name)
    expect(countScores(parseYaml(bytes.toString('utf8')))).toBe(rows)
    const { sets, diagnostics } = await readDocument(securityStack, bytes, { name })
    expect(sets.map((set) => [set.mappings.length, set.attack])).toEqual([[rows, { domain: 'enterprise', version: attack }]])
    expect(unified.startsWith(`${sets[0]?.framework.id ?? '?'}-`)).toBe(true)
    expect(diagnostics.filter(({ code }) => code !== 'normalise/whitespace')).toEqual([])
  })

  it.each(controls)('$name has the rows of the published file, in its order', async ({ name, unified }) => {
    const { sets } = await readDocument(securityStack, readControl(name), { name })
    const mappings = sets[0]?.mappings ?? []
    const [id] = sets[0]?.capabilities.keys() ?? []
    const published = readUnified(unified).filter((row) => row.capability_id === id)
    expect(mappings.map(plainRow)).toEqual(published.map(plainUnified))
    // CTID's converter gave a control's references to techniques alone; they are the whole mapping's.
    const cited = published.filter(({ related_score: related }) => related === '')
    expect(cited.map(({ references }) => references)).toEqual(cited.map(() => mappings[0]?.references))
  })

  it.each([
    'M365/AdaptiveApplicationControlIntegration.yaml', 'M365/SafeLinks.yaml',
  ])('%s describes a capability and maps it to nothing', async (name) => {
    const bytes = readControl(name)
    const [, id, title] = /^id: (.*)\nname: (.*)\n/.exec(bytes.toString('utf8')) ?? []
    const { sets, diagnostics } = await readDocument(securityStack, bytes, { name })
    expect(sets.map(({ framework, mappings }) => [framework.id, mappings.length])).toEqual([['m365', 0]])
    const [capability] = sets[0]?.capabilities.values() ?? []
    expect(capability).toEqual({ id, name: title, description: expect.stringMatching(/^.{100}/), groups: [] })
    expect(diagnostics.map(({ code }) => code)).toEqual(['parse/only-lists'])
  })

  it('name every control of the published files as these do', async () => {
    const named = new Map([aws, azure, gcp].flatMap((file) => readUnified(file))
      .map((row) => [JSON.stringify([row.capability_id, row.capability_description]), row]))
    expect(named.size).toBe(125)
    for (const { capability_id: id, capability_description: name } of named.values()) {
      const { sets } = await readDocument(securityStack, { name, platform: 'AWS', techniques: [] })
      expect([...sets[0]?.capabilities.keys() ?? []]).toEqual([id])
    }
  })

  it.each(controls)('$name is completed from the published file, row for row', async ({ name, rows, unified }) => {
    const host = createMemoryHost({ 'input.yaml': readControl(name), [unified]: readFileSync(shared(`mappings/${unified}`)) })
    const { sets, diagnostics } = await convert({ inputs: ['input.yaml'], catalog: [unified], emitters: [] }, host)
    expect(diagnostics.filter(({ code }) => code.startsWith('complete/'))).toEqual([])
    expect(sets).toHaveLength(1)
    expect(sets[0]?.set.framework.version).toMatch(/^\d\d\/\d\d\/\d{4}$/)
    expect(sets[0]?.set.mappings.filter(hasStatusCompleted)).toHaveLength(rows)
    expect(sets[0]?.set.mappings).toHaveLength(rows)
  })
})

function readControl(name: string): Buffer {
  return readFileSync(shared(`legacy/security-stack/${name}`))
}

function hasStatusCompleted({ completed = [] }: Mapping): boolean {
  return completed.some(({ field }) => field === 'status')
}

interface RawScores {
  readonly 'sub-techniques': readonly unknown[]
  readonly scores: readonly unknown[]
}

interface RawTechnique {
  readonly 'technique-scores'?: readonly unknown[]
  readonly 'sub-techniques-scores'?: readonly RawScores[]
}

/** A row for each score of a technique, and for each of each sub-technique. */
function countScores({ techniques }: { readonly techniques: readonly RawTechnique[] }): number {
  return techniques.flatMap((technique) => [
    technique['technique-scores']?.length ?? 0,
    ...(technique['sub-techniques-scores'] ?? []).map((group) => group.scores.length * group['sub-techniques'].length),
  ]).reduce((sum, count) => sum + count, 0)
}

function plainRow(row: Mapping) {
  if (row.kind !== 'mapped') throw new Error('a row without a technique')
  const { capability: { id, description }, technique, score, comments, relation } = row
  const { category, value, related = '' } = score ?? {}
  return [id, description, technique.id, technique.name, category, value, related, words(comments), relation]
}

function plainUnified(row: UnifiedRow) {
  return [
    row.capability_id, row.capability_description, row.attack_object_id, row.attack_object_name,
    row.score_category, row.score_value, row.related_score, words(row.comments), 'technique_scores',
  ]
}

/** The published files have other white space in 43 of these comments. */
function words(text = ''): string {
  return text.split(/\s+/).join(' ').trim()
}
