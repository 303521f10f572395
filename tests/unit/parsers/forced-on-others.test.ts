import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../../src/formats/decode-document.js'
import type { Parser } from '../../../src/parsers/parser.js'
import { parsers } from '../../../src/parsers/registry.js'
import { parserSamples } from '../../contract/parser-samples.js'
import { testFile } from '../../support/read-tree.js'

const samples = [
  ...Object.values(parserSamples).flat(),
  { name: 'list.json', content: '[{"framework":{"id":"aws"},"mappings":[1,{}]},1e-308]' },
  { name: 'empty.json', content: '{}' }, { name: 'number.json', content: '7' }, { name: 'null.yaml', content: '- null\n' },
  { name: 'veris.json', content: '{"attack_to_veris":{},"veris_to_attack":[]}' },
]

describe.each(parsers.map((parser: Parser) => [parser.id, parser] as const))('%s, named for a document of another dialect', (_id, parser) => {
  it.each(samples.map((sample) => [sample.name, sample.content] as const))('%s: has rows, or says why it has none', async (name, content) => {
    const document = await decodeDocument(testFile(name, content), () => undefined)
    if (!document || !parser.containers.includes(document.container)) return
    const log = createDiagnosticLog()
    const sets = await parser.parse(document, { statements: {}, report: log.report })
    const rows = sets.reduce((sum, { mappings }) => sum + mappings.length, 0)
    expect(rows + log.entries.length).toBeGreaterThan(0)
  })
})
