import { readFileSync } from 'node:fs'
import { bench, describe } from 'vitest'
import { decodeDocument } from '../../src/formats/decode-document.js'
import { detectParser } from '../../src/pipeline/understand.js'
import { page } from '../e2e/pages.js'
import { shared, sharedFolder } from '../support/shared.js'

const none = (): undefined => undefined

/** Decodes a document, tells its dialect and reads it, as the pipeline does. */
async function read(name: string, bytes: Uint8Array): Promise<number> {
  const decoded = await decodeDocument({ name, path: name, bytes, sha256: '0'.repeat(64) }, none)
  const detection = decoded && detectParser(decoded, undefined, none)
  if (!detection) throw new Error(`${name} could not be read`)
  const sets = await detection.parser.parse(decoded, { statements: {}, report: none })
  return sets.reduce((sum, { mappings }) => sum + mappings.length, 0)
}

describe('reading', () => {
  const bytes = new TextEncoder().encode(page)

  bench('a small page as text', async () => {
    await read('page.txt', bytes)
  })

  describe.skipIf(sharedFolder === undefined).each([
    ['a landing page as text', 'pages/C2__landing__nist_800_53__rev5__attack-16.1__enterprise__all-data.txt'],
    ['the mapping file of AWS', 'mappings/aws-12.12.2024_attack-16.1-enterprise.json'],
    ['the mapping file of NIST 800-53 rev5', 'mappings/nist_800_53-rev5_attack-14.1-enterprise.json'],
  ])('of real documents', (name, path) => {
    const document = sharedFolder === undefined ? new Uint8Array() : readFileSync(shared(path))

    bench(name, async () => {
      await read(path, document)
    })
  })
})
