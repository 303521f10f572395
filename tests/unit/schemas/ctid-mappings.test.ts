import { describe, expect, it } from 'vitest'
import { schemaErrors } from '../../../src/schemas/schema-errors.js'
import { sampleMappingFile } from '../../support/read-tree.js'

const file = sampleMappingFile()
const [row] = file.mapping_objects
const withRow = (part: object) => ({ ...file, mapping_objects: [{ ...row, ...part }] })
const withMetadata = (part: object) => ({ ...file, metadata: { ...file.metadata, ...part } })

describe('accepts', () => {
  it.each<[string, unknown]>([
    ['a file', file],
    ['a list of files', [file, file]],
    ['metadata that states only what a set always has', { metadata: { technology_domain: 'ics', mapping_types: {},
      capability_groups: {} }, mapping_objects: [] }],
    ['ISO dates', withMetadata({ creation_date: '2024-12-31' })],
    ['dates that are empty or null', withMetadata({ creation_date: '', last_update: null })],
    ['what the Mappings Editor writes of single rows', withRow({ status: 'in_progress', contact: 'a@example.org',
      technology_domain: 'other', attack_version: '15' })],
    ['rows without a group', withRow({ capability_group: null })],
  ])('%s', async (_, value) => {
    expect(await schemaErrors('ctid-mappings', value)).toEqual([])
  })
})

describe('rejects', () => {
  it.each<[string, unknown]>([
    ['no object', 'x'],
    ['a list of others', [file, 1]],
    ['no rows', { metadata: file.metadata }],
    ['no metadata', { mapping_objects: [] }],
    ['other fields in the file', { ...file, more: 1 }],
    ['other fields in the metadata', withMetadata({ more: 1 })],
    ['other fields in a row', withRow({ capabilty_id: 'typo' })],
    ['an unknown domain', withMetadata({ technology_domain: 'cloud' })],
    ['a number for a version', withMetadata({ attack_version: 16.1 })],
    ['a date in words', withMetadata({ creation_date: 'yesterday' })],
    ['a mapping type without a name', withMetadata({ mapping_types: { a: { description: '' } } })],
    ['a group that is no text', withMetadata({ capability_groups: { a: {} } })],
    ['a row that names nothing', withRow({ capability_id: null, attack_object_id: null })],
    ['a row that names nothing but empty texts', withRow({ capability_id: '', attack_object_id: '' })],
    ['a row that contradicts itself', withRow({ status: 'non_mappable' })],
    ['an unknown status', withRow({ status: 'finished' })],
    ['a status of null', withRow({ status: null })],
    ['an unknown score category', withRow({ score_category: 'prevent' })],
    ['an unknown score value', withRow({ score_value: 'high' })],
    ['references that are no list', withRow({ references: 'https://example.org' })],
    ['references that are no texts', withRow({ references: [1] })],
    ['a comment that is no text', withRow({ comments: 1 })],
  ])('%s', async (_, value) => {
    expect(await schemaErrors('ctid-mappings', value)).not.toEqual([])
  })
})
