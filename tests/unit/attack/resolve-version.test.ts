import { describe, expect, it } from 'vitest'
import { compareVersions } from '../../../src/attack/attack-index.js'
import { resolveVersion } from '../../../src/attack/create-attack-index.js'

const versions = ['8.2', '9.0', '10.0', '10.1', '11.3', '16.1', '18.1']

describe('resolveVersion', () => {
  it.each([
    ['16.1', '16.1', 'exact'],
    ['v16.1', '16.1', 'exact'],
    ['V16.1', '16.1', 'exact'],
    [' 16.1 ', '16.1', 'exact'],
    ['ATT&CK v16.1', '16.1', 'exact'],
    ['ATT&CK-v16.1', '16.1', 'exact'],
    ['16.1.0', '16.1', 'exact'],
    ['10.0', '10.0', 'exact'],
    ['16', '16.1', 'major'],
    ['10', '10.1', 'major'],
    ['10.7', '10.1', 'major'],
    ['9', '9.0', 'major'],
    ['1', '18.1', 'newest'],
    ['18.10', '18.1', 'major'],
    ['20', '18.1', 'newest'],
    ['1.0', '18.1', 'newest'],
    ['latest', '18.1', 'newest'],
    ['', '18.1', 'newest'],
    ['16.1-beta', '18.1', 'newest'],
    [undefined, '18.1', 'newest'],
  ] as const)('%j is %s (%s)', (wanted, version, match) => {
    expect(resolveVersion(versions, wanted)).toEqual({ version, match })
  })

  it('finds nothing where there is nothing', () => {
    expect(resolveVersion([], '16.1')).toBeUndefined()
  })
})

describe('compareVersions', () => {
  it('compares part by part, as numbers', () => {
    expect(['10.1', '9.0', '10.0', '8.2', '10'].toSorted(compareVersions)).toEqual(['8.2', '9.0', '10.0', '10', '10.1'])
  })
})
