import { describe, expect, it } from 'vitest'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import { validate } from '../../../src/pipeline/validate.js'
import { validateValue } from './validate-file.js'

const techniques = [{ techniqueID: 'T1078', score: 1 }]
const layer = { name: 'A layer', versions: { attack: '16', navigator: '5.1.0', layer: '4.5' }, domain: 'enterprise-attack', techniques }

/** What is found and said of a file. */
async function report(value: unknown) {
  const { files } = await validate({ inputs: [] }, createMemoryHost({ 'file.json': JSON.stringify(value) }))
  return (files[0]?.diagnostics ?? []).map(({ code, message, found }) => [code, message, found])
}

describe('a layer of another format', () => {
  it('of the time of `version` is doubtful, with its format', async () => {
    const { versions: _versions, ...rest } = layer
    expect(await report({ ...rest, version: '2.2' })).toContainEqual(['verify/doubtful', expect.any(String), 'format 2.2'])
    expect(await report({ ...rest, versions: { attack: '16' } })).toContainEqual(['verify/doubtful', expect.any(String), 'no format version'])
  })

  it('is the same in a list: places name the layer', async () => {
    const old = { ...layer, versions: { ...layer.versions, layer: '4.3' } }
    expect((await validateValue([layer, old])).found).toEqual(['verify/doubtful /1/versions'])
    expect((await validateValue([old, layer])).found).toEqual(['verify/doubtful /0/versions'])
    expect((await validateValue([layer, layer])).found).toEqual([])
  })

  it('says when no ATT&CK version is stated, and which version is not available', async () => {
    expect(await report({ ...layer, versions: { layer: '4.5' } })).toContainEqual([
      'check/release-assumed', expect.stringMatching(/^The layer states no ATT&CK version; techniques were looked up in [\d.]+$/), undefined,
    ])
    expect(await report({ ...layer, versions: { ...layer.versions, attack: '99' } })).toContainEqual([
      'check/newer-release', expect.stringMatching(/^ATT&CK 99 of the layer is newer than all available releases; techniques were looked up in [\d.]+$/), undefined,
    ])
  })

  it('of a newer release than all has techniques of which nothing is known', async () => {
    const versions = { ...layer.versions, attack: '99' }
    expect((await validateValue({ ...layer, versions, techniques: [{ techniqueID: 'T1999' }, { techniqueID: 'T1086' }] })).found)
      .toEqual(['check/newer-release /versions'])
    const [, entry] = await report({ ...layer, versions, techniques: [{ techniqueID: 'AC-2' }] })
    expect(entry?.[0]).toMatch(/^check\/|^verify\//)
  })

  it('says what is in the place of a technique id', async () => {
    expect(await report({ ...layer, versions: { layer: '4.3', attack: '16' }, techniques: [{}, { techniqueID: 7 }] })).toEqual(expect.arrayContaining([
      ['verify/meaning', expect.any(String), 'none'], ['verify/meaning', expect.any(String), '7'],
    ]))
  })
})
