import { describe, expect, it } from 'vitest'
import type { SplitBundle } from '../../../../src/taxii/server/split-bundle.js'
import { numbered, splitWhole } from '../../../support/taxii-files.js'

function texts(split: SplitBundle): readonly string[] {
  return 'problem' in split ? [] : split.objects.map(({ bytes }) => new TextDecoder().decode(bytes))
}

describe('splitting a bundle', () => {
  it('keeps the objects word for word, in order', () => {
    const objects = ['{ "type":"x-a",\n "id" : "x-a--1", "n": 1.0e2 }', '{"id":"x-b--2","type":"x-b","s":"\\u00e9é ]}[{\\\\\\""}']
    const split = splitWhole(`\uFEFF{"objects": [\n${objects.join(' ,\n')}\n], "type":"bundle", "id": "bundle--1"}`)
    expect(texts(split)).toEqual(objects)
  })

  it('does not mistake other lists of the bundle for its objects', () => {
    const split = splitWhole(JSON.stringify({ x_other: [numbered(9)], type: 'bundle', objects: [numbered(1)], x_more: { a: numbered(8) } }))
    expect(texts(split)).toEqual([JSON.stringify(numbered(1))])
  })

  it('reads version, STIX version and references', () => {
    const split = splitWhole(JSON.stringify({
      type: 'bundle', spec_version: '2.0', objects: [
        { type: 'malware', id: 'malware--1', created: '2020-01-01T00:00:00Z', modified: '2021-01-01T00:00:00.5Z', created_by_ref: 'identity--1' },
        { type: 'marking-definition', id: 'marking-definition--1', created: '2020-01-01T00:00:00Z', spec_version: '2.1' },
        { type: 'ipv4-addr', id: 'ipv4-addr--1', spec_version: '2.1', granular_markings: [{ marking_ref: 'marking-definition--1' }] },
        { type: 'grouping', id: 'grouping--1', object_refs: ['malware--1', 'ipv4-addr--1', 7], modified: 'yesterday' },
      ],
    }))
    if ('problem' in split) throw new Error(split.problem)
    expect(split.objects.map(({ version, versionTime, specVersion, refs }) => [version, versionTime / 1000, specVersion, refs])).toEqual([
      ['2021-01-01T00:00:00.5Z', Date.UTC(2021, 0, 1) + 500, '2.0', ['identity--1']],
      ['2020-01-01T00:00:00Z', Date.UTC(2020, 0, 1), '2.1', []],
      ['1970-01-01T00:00:00.000Z', 0, '2.1', ['marking-definition--1']],
      ['1970-01-01T00:00:00.000Z', 0, '2.0', ['malware--1', 'ipv4-addr--1']],
    ])
  })

  it('is called as its only grouping is', () => {
    const grouping = { type: 'grouping', id: 'grouping--1', name: 'A set', description: 'Of rows' }
    expect(splitWhole(JSON.stringify({ type: 'bundle', objects: [grouping] }))).toMatchObject({ title: 'A set', description: 'Of rows' })
    expect(splitWhole(JSON.stringify({ type: 'bundle', objects: [grouping, { ...grouping, id: 'grouping--2' }] }))).not.toHaveProperty('title')
  })

  it('takes a bundle without objects for an empty one', () => {
    expect(splitWhole('{"type":"bundle","id":"bundle--1"}')).toEqual({ objects: [] })
  })

  it.each([
    ['', false], ['{"type":"bundle","objects":[{"type":"a"', false], ['{"type":"bundle","objects":[{"type":"a","id":"a--1"}]', false],
    ['[]', false], ['null', false], ['{"type":"report"}', false], ['{"name":"layer","techniques":[{"techniqueID":"T1"}]}', false],
    ['{"type":"bundle","objects":{}}', true], ['{"type":"bundle","objects":[{"type":"a","id":"a--1"},7]}', true],
    ['{"type":"bundle","objects":[[]]}', true], ['{"type":"bundle","objects":[{"type":"a"}]}', true], ['{"type":"bundle","objects":[{"type":"a","id":""}]}', true],
    ['{"type":"bundle","objects":[{"type":"a","id":"a--1",}]}', false],
  ])('%s gives none', (text, isBundle) => {
    expect(splitWhole(text)).toEqual({ problem: expect.any(String), isBundle })
  })

  it('refuses what is no UTF-8', () => {
    const bytes = new TextEncoder().encode('{"type":"bundle","objects":[{"type":"a","id":"a--é"}]}')
    expect(splitWhole(bytes.filter((byte) => byte !== 0xA9))).toHaveProperty('problem', 'is not UTF-8 text')
  })

  it('survives depth', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    expect(splitWhole(`{"type":"bundle","objects":[{"type":"a","id":"a--1","x":${deep}}]}`)).toHaveProperty(['objects', 'length'], 1)
  })
})
