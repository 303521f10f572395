import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stixOptions } from '../../src/emitters/stix/stix-options.js'
import type { Bundle } from '../../src/emitters/stix/stix-object.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const table = `framework,framework_version,attack_version,capability_id,technique_id,mapping_type,score_category,score_value,comments
aws,12/12/2024,16.1,amazon_guardduty,T1190,technique_scores,detect,minimal,Finds some.
aws,12/12/2024,16.1,amazon_guardduty,T1190,technique_scores,respond,partial,Helps to respond.
aws,12/12/2024,16.1,amazon_guardduty,T1078,technique_scores,detect,significant,Finds most.
aws,12/12/2024,16.1,aws_waf,T1190,technique_scores,protect,partial,Blocks some.
`

async function convert(cwd: string, text: string, profile: string): Promise<Bundle> {
  await writeFile(join(cwd, 'rows.csv'), text)
  const run = await runCrosswalk(['convert', 'rows.csv', '--to', 'stix', '--stix-profile', profile, '--output', 'out'], { cwd })
  expect(run.code, run.stderr).toBe(0)
  return JSON.parse(await readFile(join(cwd, 'out/aws-12.12.2024_attack-16.1-enterprise.stix.json'), 'utf8'))
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
