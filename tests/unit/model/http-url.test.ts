import { expect, it } from 'vitest'
import { isHttpUrl } from '../../../src/model/text.js'

it.each(['https://example.org', 'http://example.org:8080/a?b#c', 'HTTPS://example.org/%20', 'https://[::1]/', 'https://käse.example/'])(
  'reads %s as a URL', (text) => expect(isHttpUrl(text)).toBe(true))

it.each(['https://%20https//www.example.org/', 'https://a%41.example/', 'ftp://example.org/', 'https://', 'https:///path', 'example.org', 'https://a b/', 'https://999.1.1.1/'])(
  'does not read %s as a URL', (text) => expect(isHttpUrl(text)).toBe(false))

it('reads the same after it was called often enough to be optimised', () => {
  const results = Array.from({ length: 20_000 }, () => isHttpUrl('https://käse.example/'))
  expect(new Set(results)).toEqual(new Set([true]))
})
