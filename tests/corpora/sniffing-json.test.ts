import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { Parser } from '../../src/parsers/parser.js'
import { parsers } from '../../src/parsers/registry.js'
import { testFile } from '../support/read-tree.js'
import { shared, sharedFolder } from '../support/shared.js'

/** Every JSON and YAML file of the corpora, but for the bundles of ATT&CK, of which one will do. */
const files = sharedFolder === undefined ? [] : ['legacy', 'mappings', 'navigator', 'attack', 'stix-schemas']
  .flatMap((folder) => readdirSync(shared(folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`))
  .filter((name) => /\.(?:json|ya?ml)$/.test(name) && (!name.startsWith('attack/') || name === 'attack/ics-attack-8.2.json'))
  .toSorted()

const layers = new Set(['legacy/nist/nist800-53-r4-overview.json', 'navigator/Bear_APT.json', 'navigator/heatmap_layer.json'])
const bundles = new Set(['legacy/nist/nist800-53-r4-controls.json', 'legacy/nist/nist800-53-r4-mappings.json', 'attack/ics-attack-8.2.json'])

function ownerOf(file: string): string {
  if (bundles.has(file)) return 'stix-bundle'
  return layers.has(file) || file.endsWith('_navigator_layers.json') ? 'navigator-layer' : 'another'
}

describe.skipIf(sharedFolder === undefined)('STIX bundles and layers', () => {
  it('are claimed by their parsers, nothing else is, and nobody else claims them', async () => {
    const mine = new Set(['stix-bundle', 'navigator-layer'])
    const wrong: string[] = []
    for (const file of files) {
      const decoded = await decodeDocument(testFile(file, readFileSync(shared(file))), () => undefined)
      if (!decoded) continue
      const claims = parsers.filter((parser: Parser) => parser.containers.includes(decoded.container) && parser.sniff(decoded).confidence > 0)
      const owner = ownerOf(file)
      const ids = claims.map(({ id }: Parser) => id)
      const isRight = mine.has(owner) ? ids.length === 1 && ids[0] === owner : !ids.some((id) => mine.has(id))
      if (!isRight) wrong.push(`${file}: ${ids.join(', ')}`)
    }
    expect(files.length).toBeGreaterThan(100)
    expect(wrong).toEqual([])
  }, 60_000)
})
