import { expect, it } from 'vitest'
import { convert, understand } from '../../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../../src/pipeline/host.js'
import { sampleMappingFile } from '../../../support/read-tree.js'

const file = new TextEncoder().encode(JSON.stringify(sampleMappingFile()))

it('a row of a mapping file that is given together with its bundle counts once, and so does the file', async () => {
  const host = createMemoryHost({ 'aws.json': file })
  await convert({ inputs: [], emitters: ['stix'] }, host)
  const [bundle] = [...host.written].filter(([name]) => name.endsWith('.stix.json')).map(([, bytes]) => bytes)
  if (!bundle) throw new Error('no bundle was written')
  const { sets: [placed, ...rest], documents } = await understand({ inputs: [] }, createMemoryHost({ 'aws.json': file, 'aws.stix.json': bundle }))
  expect(rest).toEqual([])
  expect(documents.map(({ parser, rows }) => [parser, rows])).toEqual([['ctid-json', 3], ['stix-bundle', 3]])
  expect(placed?.set.mappings.map(({ origins }) => origins.map(({ document }) => document))).toEqual(
    Array.from({ length: 3 }, () => ['aws.json', 'aws.stix.json']))
  expect(placed?.set.sources.map(({ name, rows }) => [name, rows])).toEqual([['aws.json', 3], ['aws.stix.json', 3]])
})
