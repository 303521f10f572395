import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildTestGalaxy } from '../support/build-test-galaxy.js'
import { sampleSet } from '../support/sample-sets.js'
import clustersSchema from '../../schemas/misp-clusters.schema.json' with { type: 'json' }

const page = readFileSync(new URL('../../docs/misp.md', import.meta.url), 'utf8')

describe('docs/misp.md', () => {
  it.each(Object.keys(clustersSchema.$defs.meta.properties))('tells of meta.%s', (key) => {
    expect(page).toContain(`\`meta.${key}\``)
  })

  it('shows the type, a tag and a line of the sample set as they are', async () => {
    const { clusters, galaxy } = await buildTestGalaxy(sampleSet())
    const [first] = clusters.values
    for (const shown of [galaxy.type, `misp-galaxy:${galaxy.type}="${first?.value}"`, first?.related?.[0]?.tags?.[0]]) expect(page).toContain(`${shown}`)
    expect(first?.meta.mappings?.[0]).toContain('T1553.002 Code Signing: Technique Scores, protect partial')
    expect(page).toContain('"T1553.002 Code Signing: Technique Scores, protect partial"')
  })

  it('names the files as they are named', async () => {
    const { names } = await buildTestGalaxy(sampleSet(), { baseName: 'base' })
    for (const name of names) expect(page).toContain(name.replace('base', '<base name>'))
  })
})
