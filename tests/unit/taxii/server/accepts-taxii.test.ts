import { expect, it } from 'vitest'
import { acceptsTaxii } from '../../../../src/taxii/media-type.js'

it.each([
  undefined, '', '*/*', 'application/*', 'application/taxii+json', 'application/taxii+json;version=2.1', 'application/taxii+json; version=2.1',
  'Application/TAXII+JSON; Version="2.1"', 'text/html, application/xhtml+xml, */*;q=0.8', 'application/taxii+json;version=2.0, application/taxii+json;version=2.1;q=0.1',
  'application/taxii+json;version=2.1; charset=utf-8',
])('%s takes TAXII 2.1', (header) => {
  expect(acceptsTaxii(header)).toBe(true)
})

it.each([
  'application/json', 'application/stix+json;version=2.1', 'application/taxii+json;version=2.0', 'application/vnd.oasis.taxii+json; version=2.0', 'text/*',
  'application/taxii+json;version=2.1;q=0', '*/*, application/taxii+json;version=2.1;q=0', '*/*;q=0', ';', ',',
])('%s does not', (header) => {
  expect(acceptsTaxii(header)).toBe(false)
})
