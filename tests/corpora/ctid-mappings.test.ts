import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { json } from '../../src/emitters/json/json.js'
import { yaml } from '../../src/emitters/yaml/yaml.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { ctidJson } from '../../src/parsers/ctid-json/ctid-json.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { emitContext } from '../support/emit-context.js'
import { decodeTree } from '../support/read-tree.js'
import { shared, sharedFolder } from '../support/shared.js'

type Row = Record<string, unknown>
interface MappingFile {
  readonly metadata: Row & { readonly mapping_types: Record<string, Row>; readonly capability_groups: Record<string, string> }
  readonly mapping_objects: readonly Row[]
}

const names = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))

/**
 * The normalisation that docs/ctid-json.md tells, written here a second time: what is left of a row or of metadata when null,
 * empty and absent are one, white space is plain and lines end in \n.
 */
function normalise(row: Row): Row {
  return Object.fromEntries(Object.entries(row).flatMap(([key, value]) => {
    const plain = key === 'comments' && typeof value === 'string' ? value.replaceAll(/\r\n?/g, '\n').trim() : tidy(value)
    const isStated = plain !== undefined && plain !== null && plain !== '' && !(Array.isArray(plain) && plain.length === 0)
    return isStated ? [[key, plain]] : []
  }))
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy).filter((item) => item !== '')
  return typeof value === 'string' ? value.trim().split(/\s+/).join(' ') : value
}

describe.skipIf(sharedFolder === undefined)('CTID\'s published mapping files', () => {
  it('are 24, with 56,040 rows', () => {
    const rows = names.map((name) => readFile(name).mapping_objects.length)
    expect([names.length, rows.reduce((sum, count) => sum + count, 0)]).toEqual([24, 56_040])
  })

  describe.each(names)('%s', (name) => {
    it('is read whole, satisfies our schema, and says no more than it should', async () => {
      const raw = readFile(name)
      const { set, codes } = await readSet(name, readFileSync(shared(`mappings/${name}`)))
      expect(set.mappings).toHaveLength(raw.mapping_objects.length)
      expect(await schemaErrors('ctid-mappings', raw)).toEqual([])
      // One row of one published file holds "capability_group" twice.
      const repeats = name === 'nist_800_53-rev4_attack-14.1-enterprise.json' ? ['read/duplicate-name'] : []
      expect([...codes].filter((code) => code !== 'normalise/whitespace')).toEqual(repeats)
    })

    it.each([['json', json], ['yaml', yaml]] as const)('JSON → model → %s is equal row for row', async (extension, emitter) => {
      const raw = readFile(name)
      const { set } = await readSet(name, readFileSync(shared(`mappings/${name}`)))
      const [artifact] = await emitter.emit([set], emitContext(), {})
      if (!artifact) throw new Error('nothing was emitted')
      const again = await readSet(`x.${extension}`, await artifact.render())
      const written = asFile(again.value)

      expect(await schemaErrors('ctid-mappings', written)).toEqual([])
      expect(ctidErrors(written)).toEqual([])
      expect(written.mapping_objects.map(normalise)).toEqual(raw.mapping_objects.map(normalise))
      const { mapping_types: types, capability_groups: groups, ...metadata } = written.metadata
      const { mapping_types: rawTypes, capability_groups: rawGroups, ...rawMetadata } = raw.metadata
      expect(normalise(metadata)).toEqual(normalise(rawMetadata))
      expect(normalise(groups)).toEqual(normalise(rawGroups))
      // Mapping types that only rows name are listed too.
      expect(Object.entries(types).filter(([id]) => id in rawTypes)).toEqual(Object.entries(rawTypes))
      expect(Object.keys(types).filter((id) => !(id in rawTypes) && id !== 'non_mappable')).toEqual([])

      expect(contentOf(again.set)).toEqual(contentOf(set))
      expect(again.codes.size).toBe(0)
    })
  })
})

const ctidSchema = sharedFolder === undefined ? undefined : compileCtidSchema()

function compileCtidSchema() {
  const schema: object = JSON.parse(readFileSync(shared('mappings-unified-schema.json'), 'utf8'))
  return new Ajv2020({ strict: false }).compile(schema)
}

function ctidErrors(value: unknown) {
  return ctidSchema?.(value) === true ? [] : ctidSchema?.errors
}

function readFile(name: string): MappingFile {
  const file: MappingFile = JSON.parse(readFileSync(shared(`mappings/${name}`), 'utf8'))
  return file
}

function asFile(value: unknown): MappingFile {
  const file: MappingFile = JSON.parse(JSON.stringify(value))
  return file
}

interface ReadSet {
  readonly set: ResolvedSet
  readonly value: unknown
  readonly codes: ReadonlySet<string>
}

async function readSet(name: string, bytes: Uint8Array): Promise<ReadSet> {
  const { document, diagnostics } = await decodeTree(name, bytes)
  if (!document) throw new Error(`${name} could not be decoded`)
  const codes = new Set<string>(diagnostics.map(({ code }) => code))
  const [set] = await ctidJson.parse(document, { statements: {}, report: (code) => void codes.add(code) })
  const domain = set?.attack.domain
  if (!set || !domain) throw new Error(`${name} states no domain`)
  return { set: { ...set, attack: { ...set.attack, domain } }, value: document.value, codes }
}

function contentOf(set: ResolvedSet) {
  return { ...set, sources: [], mappings: set.mappings.map((mapping) => ({ ...mapping, origins: [] })) }
}
