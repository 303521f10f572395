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
    ['10.7', '10.1', 'earlier', '10.7'],
    ['11.2', '10.1', 'earlier', '11.2'],
    ['v11.2', '10.1', 'earlier', '11.2'],
    ['12', '11.3', 'earlier', '12'],
    ['9', '9.0', 'major'],
    ['1', '8.2', 'older', '1'],
    ['1.0', '8.2', 'older', '1.0'],
    ['8.0', '8.2', 'older', '8.0'],
    ['18', '18.1', 'major'],
    ['18.10', '18.1', 'newer', '18.10'],
    ['18.2', '18.1', 'newer', '18.2'],
    ['20', '18.1', 'newer', '20'],
    ['ATT&CK v20.0', '18.1', 'newer', '20.0'],
    ['latest', '18.1', 'newest'],
    ['', '18.1', 'newest'],
    ['16.1-beta', '18.1', 'newest'],
    [undefined, '18.1', 'newest'],
  ] as const)('%j is %s (%s)', (wanted, version, match, stated?: string) => {
    expect(resolveVersion(versions, wanted)).toEqual({ version, match, ...(stated !== undefined && { stated }) })
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
