import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stixOptions } from '../../src/emitters/stix/stix.js'
import type { Bundle } from '../../src/emitters/stix/stix-object.js'
import { rawBundle, rawTechnique, stixId } from '../support/attack-bundles.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const table = `framework,framework_version,attack_version,capability_id,technique_id,mapping_type,score_category,score_value,comments
aws,12/12/2024,16.1,amazon_guardduty,T1190,technique_scores,detect,minimal,Finds some.
aws,12/12/2024,16.1,amazon_guardduty,T1190,technique_scores,respond,partial,Helps to respond.
aws,12/12/2024,16.1,amazon_guardduty,T1078,technique_scores,detect,significant,Finds most.
aws,12/12/2024,16.1,aws_waf,T1190,technique_scores,protect,partial,Blocks some.
`

async function convert(cwd: string, text: string, profile: string, more: readonly string[] = []): Promise<Bundle> {
  await writeFile(join(cwd, 'rows.csv'), text)
  const args = ['convert', 'rows.csv', '--to', 'stix', '--stix-profile', profile, '--output', 'out', ...more]
  const run = await runCrosswalk(args, { cwd })
  expect(run.code, run.stderr).toBe(0)
  const name = (await readdir(join(cwd, 'out'))).find((file) => file.endsWith('.stix.json'))
  return JSON.parse(await readFile(join(cwd, 'out', name ?? ''), 'utf8'))
}

describe('a second run after one comment changed', () => {
  it.each(stixOptions['stix-profile'].values)('keeps every id, and changes that relationship and the container alone: %s', async (profile) => {
    const cwd = await createFolder()
    const first = await convert(cwd, table, profile)
    const again = await convert(cwd, table, profile)
    expect(again).toEqual(first)
    const second = await convert(cwd, table.replace('Helps to respond.', 'Helps to respond at once.'), profile)
    expect(second.id).toBe(first.id)
    expect(second.objects.map(({ id }) => id)).toEqual(first.objects.map(({ id }) => id))
    const before = new Map(first.objects.map((object) => [object.id, JSON.stringify(object)]))
    const changed = second.objects.filter((object) => JSON.stringify(object) !== before.get(object.id))
    // The container of those that carry the set tells the digest of its document, which is another now. mapex has no comments.
    const container = profile === 'opencti' ? [] : ['grouping']
    expect(changed.map(({ type }) => type)).toEqual(profile === 'mapex' ? [] : ['relationship', ...container])
    const relationships = changed.filter(({ type }) => type === 'relationship').map((object) => JSON.stringify(object))
    for (const text of relationships) expect(text).toContain('Helps to respond at once.')
  })
})

describe('sets without a date', () => {
  it('are asked for one date, once in a run; a supplied one answers', async () => {
    const cwd = await createFolder()
    await writeFile(join(cwd, 'aws.csv'), table)
    await writeFile(join(cwd, 'gcp.csv'), table.replaceAll('aws,12/12/2024', 'gcp,06/28/2022'))
    const args = ['convert', 'aws.csv', 'gcp.csv', '--to', 'stix', '--combine', '--output', 'out', '--verbose']
    const run = await runCrosswalk(args, { cwd })
    expect(run.stderr.match(/set-undated/g)).toHaveLength(1)
    expect(run.stderr).toContain('as a placeholder (2 times)')
    expect(run.stderr).toContain('--created')
    const dated = await runCrosswalk([...args, '--created', '2024-12-12'], { cwd })
    expect(dated.stderr).not.toContain('set-undated')
  })
})

describe('--attack FILE', () => {
  it('has the techniques of that release in the bundle word for word', async () => {
    const cwd = await createFolder()
    const identity = { ...common, type: 'identity', id: stixId('identity', 1), name: 'Someone', identity_class: 'organization' }
    const more = { ...common, created_by_ref: identity.id, description: 'In full.', kill_chain_phases: [phase] }
    const technique = rawTechnique({ id: 'T1190', name: 'Made up', more })
    const unused = { type: 'malware', id: stixId('malware', 1), name: 'x'.repeat(1000) }
    await writeFile(join(cwd, 'attack.json'), JSON.stringify(rawBundle('99.0', [unused, technique, identity])))
    const bundle = await convert(cwd, table.replaceAll('16.1', '99.0'), 'tip', ['--attack', 'attack.json'])
    expect(bundle.objects).toContainEqual(technique)
    expect(bundle.objects).toContainEqual(identity)
    // The other technique of the table is not in that release.
    expect(bundle.objects.filter(({ type }) => type === 'attack-pattern')).toHaveLength(2)
  })
})

const common = { spec_version: '2.1', created: '2020-01-01T00:00:00.000Z', modified: '2021-01-01T00:00:00.000Z', x_mitre_version: '1.0' }
const phase = { kill_chain_name: 'mitre-attack', phase_name: 'impact' }
