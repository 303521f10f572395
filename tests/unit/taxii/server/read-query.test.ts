import { describe, expect, it } from 'vitest'
import { largestPage, readQuery } from '../../../../src/taxii/server/read-query.js'

const fields = ['id', 'type', 'version', 'spec_version'] as const
const read = (text: string) => readQuery(new URLSearchParams(text), fields)

describe('reading a query', () => {
  it('asks for the last versions when nothing is said', () => {
    expect(read('')).toEqual({ query: { filter: { version: { all: false, first: false, last: true, times: new Set() } }, limit: largestPage } })
  })

  it('reads all that can be asked', () => {
    expect(read('added_after=2024-01-01T00:00:00Z&limit=7&next=abc&match[id]=a--1,a--2&match[type]=a&match[spec_version]=2.0,2.1&match[version]=first,2024-01-01T00:00:00.000Z&other=1')).toEqual({
      query: {
        filter: {
          addedAfter: 1_704_067_200_000_000,
          ids: new Set(['a--1', 'a--2']),
          types: new Set(['a']),
          specVersions: new Set(['2.0', '2.1']),
          version: { all: false, first: true, last: false, times: new Set([1_704_067_200_000_000]) },
        },
        limit: 7,
        next: 'abc',
      },
    })
  })

  it.each(['limit=1001', 'limit=1000000', 'limit=9999999999999999999'])('lowers a limit that is too high: %s', (text) => {
    expect(read(text)).toHaveProperty('query.limit', largestPage)
  })

  it('takes parameters without a value for absent where clients send them so', () => {
    expect(read('next=&added_after=')).toEqual(read(''))
  })

  it.each([
    'limit=0', 'limit=-1', 'limit=1.5', 'limit=ten', 'limit=', 'limit=1e3', 'limit=000', 'limit=1&limit=2', 'added_after=yesterday', 'added_after=2024-01-01',
    'match[foo]=1', 'match[]=1', 'match[__proto__]=1', 'match[id]=', 'match[id]=a,,b', 'match[id]=a&match[id]=b', 'match[version]=newest', 'match[version]=all,last',
    'match[version]=2024', 'next=a&next=b',
  ])('refuses %s', (text) => {
    expect(read(text)).toEqual({ problem: expect.any(String) })
  })

  it('refuses fields that an address does not have', () => {
    expect(readQuery(new URLSearchParams('match[id]=a'), ['version'])).toHaveProperty('problem', 'match[id] is not supported at this address; supported here: match[version]')
  })
})
