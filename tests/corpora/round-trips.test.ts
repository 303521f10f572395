import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { EmitterId } from '../../src/emitters/registry.js'
import { convert, understand } from '../../src/pipeline/convert.js'
import { createMemoryHost } from '../../src/pipeline/host.js'
import { toModelDocument } from '../../src/model/mapping-set.js'
import { shared, sharedFolder } from '../support/shared.js'

/** The older NIST releases differ from the newest in content only, and are large: their round trips are those of each emitter's tests. */
const files = sharedFolder === undefined
  ? []
  : readdirSync(shared('mappings')).filter((file) => !/nist.*attack-(?:8|9|10|12)/.test(file))

const targets: readonly (readonly [EmitterId, Readonly<Record<string, string>>])[] = [
  ['yaml', {}],
  ['csv', {}],
  ['xlsx', {}],
  ['stix', { 'stix-profile': 'tip' }],
  ['stix', { 'stix-profile': 'spec' }],
]

describe.skipIf(sharedFolder === undefined)('what is written is read back as the same set (skipped without ../shared)', () => {
  it.each(files)('%s', async (file) => {
    const input = { [file]: readFileSync(shared(`mappings/${file}`)) }
    const expected = await readSets(input)
    for (const [emitter, options] of targets) {
      const host = createMemoryHost(input)
      await convert({ inputs: [], emitters: [emitter], options }, host)
      const artifacts = [...host.written].filter(([name]) => name !== 'manifest.json')
      expect(await readSets(Object.fromEntries(artifacts)), `${emitter} ${JSON.stringify(options)}`).toEqual(expected)
    }
  })
})

/** Everything that documents say but where they say it. */
async function readSets(documents: Readonly<Record<string, string | Uint8Array>>): Promise<readonly object[]> {
  const { sets } = await understand({ inputs: [] }, createMemoryHost(documents))
  return sets.map(({ set }) => {
    const { sources: _sources, mappings, ...facts } = toModelDocument(set)
    return { ...facts, mappings: mappings.map(({ origins: _origins, completed: _completed, ...row }) => row) }
  })
}
