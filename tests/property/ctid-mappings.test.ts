import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { json } from '../../src/emitters/json/json.js'
import { yaml } from '../../src/emitters/yaml/yaml.js'
import { scanJson } from '../../src/formats/json/scan-json.js'
import type { MappingSet } from '../../src/model/mapping-set.js'
import { ctidJson } from '../../src/parsers/ctid-json/ctid-json.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { emitContext } from '../support/emit-context.js'
import { decodeTree, sampleMappingFile } from '../support/read-tree.js'

const seed = 20_240_615

async function read(name: string, content: string | Uint8Array): Promise<readonly MappingSet[]> {
  const { document } = await decodeTree(name, content)
  return document ? ctidJson.parse(document, { statements: {}, report: () => undefined }) : []
}

describe('JSON', () => {
  it('is understood by the scanner exactly where JSON.parse understands it', () => {
    const fragments = fc.array(fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '\\', ' ', '\n', '"a"', '1', '-0.5e+3', '01',
      'true', 'nul', '\\u00e9', '\\x', '\t', '\u0001'), { maxLength: 12 })
    fc.assert(fc.property(fc.oneof(fragments.map((parts) => parts.join('')), fc.json(), fc.string({ unit: 'binary' })),
      (text) => {
      expect(scanJson(text, 1000).problem === undefined).toBe(parses(text))
    }), { seed, numRuns: 3000 })
  })

  it('has its values where the scanner says', async () => {
    await fc.assert(fc.asyncProperty(fc.json(), fc.constantFrom(undefined, 1, '\t'), async (text, indent) => {
      const printed = JSON.stringify(JSON.parse(text), null, indent)
      const { document } = await decodeTree('x.json', printed)
      const lines = printed.split('\n')
      // Backwards, too: places that were asked for before must not matter.
      const values = valuesIn(JSON.parse(printed), '')
      for (const [pointer, value] of [...values, ...values.toReversed()]) {
        const place = document?.locate(pointer)
        const start = typeof value === 'object' && value !== null ? (Array.isArray(value) ? '[' : '{') : JSON.stringify(value)
        expect(lines[(place?.line ?? 0) - 1]?.slice((place?.column ?? 0) - 1).startsWith(start)).toBe(true)
        expect(document?.locate(`${pointer}/no such step`)).toBeUndefined()
      }
    }), { seed, numRuns: 300 })
  })
})

describe('reading never throws', () => {
  it.each(['x.json', 'x.yaml', 'x.txt'])('on any bytes (%s)', async (name) => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(await read(name, bytes)).toEqual([])
    }), { seed, numRuns: 300 })
  })

  it.each(['x.json', 'x.yaml'])('on any text (%s)', async (name) => {
    const piece = fc.constantFrom('- ', '? ', ': ', '{', '}', '[', ']', '&a ', '*a ', '!t ', '|\n', '>\n', '"', "'", '#', '\n',
      '  ', '---\n', '%', 'a', 'metadata', 'mapping_objects')
    const text = fc.oneof(fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')), fc.string({ unit: 'binary' }))
    await fc.assert(fc.asyncProperty(text, async (content) => {
      expect(await read(name, content)).toEqual([])
    }), { seed, numRuns: 600 })
  })

  it('on any JSON, alone and as a part of a mapping file', async () => {
    const file = sampleMappingFile()
    const fields = fc.constantFrom('capability_id', 'attack_object_id', 'status', 'references', 'comments', 'author', '__proto__')
    const row = fc.oneof(fc.jsonValue(), fc.dictionary(fields, fc.jsonValue()))
    await fc.assert(fc.asyncProperty(fc.jsonValue(), fc.array(row), async (value, rows) => {
      const whole = await read('x.json', JSON.stringify({ ...file, metadata: value }))
      const metadata = { ...file.metadata, mapping_types: value, capability_groups: value }
      const parts = await read('x.json', JSON.stringify({ metadata, mapping_objects: rows }))
      expect(await read('x.json', JSON.stringify(value))).toEqual([])
      expect(whole.map(({ mappings }) => mappings.length)).toEqual([3])
      expect(parts.every(({ mappings }) => mappings.length > 0 && mappings.length <= rows.length)).toBe(true)
    }), { seed, numRuns: 300 })
  })

  it('on a file cut off anywhere', async () => {
    const text = JSON.stringify(sampleMappingFile(), null, 2)
    await fc.assert(fc.asyncProperty(fc.nat({ max: text.length - 1 }), async (length) => {
      const { document, diagnostics } = await decodeTree('x.json', text.slice(0, length))
      expect(document).toBeUndefined()
      expect(diagnostics).toHaveLength(1)
    }), { seed, numRuns: 100 })
  })
})

describe.each([['x.json', json], ['x.yaml', yaml]] as const)('writing %s', (name, emitter) => {
  it('satisfies the schema, and what is read back is written the same again', async () => {
    await fc.assert(fc.asyncProperty(arbitrarySet, async (set) => {
      const [artifact] = await emitter.emit([set], emitContext(), {})
      if (!artifact) throw new Error('nothing was emitted')
      expect(await schemaErrors('ctid-mappings', artifact.value)).toEqual([])

      const once = await writeAgain(await artifact.render(), name, emitter)
      expect(once === undefined ? undefined : await writeAgain(once, name, emitter)).toEqual(once)
    }), { seed, numRuns: 60 })
  })
})

async function writeAgain(bytes: Uint8Array, name: string, emitter: typeof json | typeof yaml): Promise<Uint8Array | undefined> {
  const [set] = await read(name, bytes)
  if (!set) return undefined
  const resolved = { ...set, attack: { ...set.attack, domain: set.attack.domain ?? 'enterprise' } } as const
  const [artifact] = await emitter.emit([resolved], emitContext(), {})
  return artifact?.render()
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function valuesIn(value: unknown, pointer: string): readonly (readonly [string, unknown])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [[pointer, value], ...inner.flatMap(([key, item]: [string, unknown]) =>
    valuesIn(item, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`))]
}
