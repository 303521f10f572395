import { describe, expect, it } from 'vitest'
import type { ReleaseFacts } from '../../../src/attack/attack-index.js'
import { compileAttackIndex } from '../../../src/attack/stored-index.js'
import { createAttackIndex } from '../../../src/attack/create-attack-index.js'
import { readAttackBundle } from '../../../src/attack/bundle/read-attack-bundle.js'
import { withBundle } from '../../../src/attack/load-attack.js'
import { rawBundle, rawTechnique } from '../../support/attack-bundles.js'

function release(version: string, name: string, domain?: string, id = 'T1001'): ReleaseFacts {
  const result = readAttackBundle(rawBundle(version, [rawTechnique({ id, name })], domain))
  if ('problem' in result) throw new Error(result.problem)
  return result.release
}

const mobile = release('18.1', 'Mobile', 'Mobile', 'T1400')
const shipped = createAttackIndex(compileAttackIndex([release('16.1', 'Old'), release('18.1', 'New'), mobile]))

describe('an index with a bundle', () => {
  it('has one release more', () => {
    const index = withBundle(shipped, release('17.0', 'Between'))
    expect(index.versions('enterprise')).toEqual(['16.1', '17.0', '18.1'])
    expect(index.versions('mobile')).toEqual(['18.1'])
    expect(index.release('enterprise', '17')).toMatchObject({ version: '17.0', match: 'major' })
    expect(index.history('T1001').map(({ version, technique }) => [version, technique.name])).toEqual([
      ['16.1', 'Old'],
      ['17.0', 'Between'],
      ['18.1', 'New'],
    ])
  })

  it('knows the STIX ids of both', () => {
    const added = release('17.0', 'Added', undefined, 'T1777')
    const ids = [added, mobile].flatMap(({ techniques }) => techniques.map(({ stixId }) => stixId))
    expect(ids.map((id) => withBundle(shipped, added).techniqueIdOf(id))).toEqual(['T1777', 'T1400'])
  })

  it('has the bundle in place of the same release', () => {
    const index = withBundle(shipped, release('16.1', 'Mended'))
    expect(index.versions('enterprise')).toEqual(['16.1', '18.1'])
    expect(index.release('enterprise', '16.1').technique('T1001')?.name).toBe('Mended')
    expect(index.history('T1001').map(({ technique }) => technique.name)).toEqual(['Mended', 'New'])
  })

  it('uses the bundle where no version is stated, and the stated release where one is', () => {
    const index = withBundle(shipped, release('16.1', 'Mended'))
    expect(index.release('enterprise')).toMatchObject({ version: '16.1', match: 'newest' })
    expect(index.release('enterprise', '18.1').technique('T1001')?.name).toBe('New')
    expect(index.release('mobile')).toMatchObject({ domain: 'mobile', version: '18.1' })
  })

  it('knows the ids of both', () => {
    const index = withBundle(shipped, release('19.0', 'Brand new', 'ICS', 'T0999'))
    expect(index.domainsOf('T0999')).toEqual(['ics'])
    expect(index.domainsOf('T1400')).toEqual(['mobile'])
    expect(index.domainsOf('T1234')).toEqual([])
  })
})
