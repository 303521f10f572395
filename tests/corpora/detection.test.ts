import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { Parser } from '../../src/parsers/parser.js'
import { parsers } from '../../src/parsers/registry.js'
import { testFile } from '../support/read-tree.js'
import { shared, sharedFolder } from '../support/shared.js'

/** Whose the JSON and YAML files below a folder are. */
const owners: readonly (readonly [RegExp, string])[] = [
  [/^mappings\/.*\.json$/, 'ctid-json'],
  [/^legacy\/security-stack\/.*\.yaml$/, 'security-stack'],
  [/^legacy\/(?:veris\/veris.*mappings.*|veris-.*-groups)\.json$/, 'veris-json'],
]
const trees = new Set(['ctid-json', 'security-stack', 'veris-json'])
const names = sharedFolder === undefined ? [] : ['legacy', 'mappings'].flatMap(listFiles)

describe.skipIf(sharedFolder === undefined)('every older and every published file', () => {
  it('is there: 22 older and 24 published', () => {
    expect(['legacy/', 'mappings/'].map((folder) => names.filter((name) => name.startsWith(folder)).length)).toEqual([22, 24])
  })

  it.each(names)('%s is claimed by its own parser, and by no other', async (name) => {
    const document = await decodeDocument(testFile(name, readFileSync(shared(name))), createDiagnosticLog().report)
    if (!document) throw new Error(`${name} could not be decoded`)
    const sure = parsers.filter(({ containers }: Parser) => containers.includes(document.container))
      .filter((parser: Parser) => parser.sniff(document).confidence > 0).map(({ id }) => id)
    const owner = owners.find(([pattern]) => pattern.test(name))?.[1]
    // Tables, layers and bundles have parsers of their own; here it counts that none of these three takes them for its own.
    expect(owner === undefined ? sure.filter((id) => trees.has(id)) : sure).toEqual(owner === undefined ? [] : [owner])
  })
})

function listFiles(folder: string): readonly string[] {
  return readdirSync(shared(folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`).filter((name) => statSync(shared(name)).isFile())
}
