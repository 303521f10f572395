import { readFileSync } from 'node:fs'
import { bench, describe } from 'vitest'
import { convert } from '../../src/pipeline/convert.js'
import { createMemoryHost } from '../../src/pipeline/host.js'
import { page } from '../e2e/pages.js'
import { shared, sharedFolder } from '../support/shared.js'

const usual = ['stix', 'navigator', 'csv', 'xlsx'] as const

describe('a whole conversion in memory', () => {
  bench('a small page to its four artifacts', async () => {
    await convert({ inputs: [], emitters: usual }, createMemoryHost({ 'page.txt': page }))
  })

  describe.skipIf(sharedFolder === undefined)('of real documents', () => {
    const seed = readShared('seeds/000_dae5c23ddce6e740.txt')
    const file = readShared('mappings/aws-12.12.2024_attack-16.1-enterprise.json')

    bench('a page of four frameworks to sixteen artifacts', async () => {
      await convert({ inputs: [], emitters: usual }, createMemoryHost({ 'page.txt': seed }))
    })

    bench('the mapping file of AWS to its four artifacts', async () => {
      await convert({ inputs: [], emitters: usual }, createMemoryHost({ 'aws.json': file }))
    }, { iterations: 3, warmupIterations: 1 })
  })
})

function readShared(path: string): Uint8Array {
  return sharedFolder === undefined ? new Uint8Array() : readFileSync(shared(path))
}
