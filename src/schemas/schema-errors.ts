import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { type Check, compileCheck, compileHeadCheck, compileItemCheck, compileSchema, type SchemaId } from './compile-schema.js'

export type { Check, SchemaId }

/** Schema errors of a value; empty if it is valid. `instancePath` is a JSON pointer into the value. */
export async function schemaErrors(id: SchemaId, value: unknown): Promise<readonly ErrorObject[]> {
  // Validators that explain errors are large and slow to load: most values are valid.
  if (await isValid(id, value)) return []
  const validate = await explainers.load(id)
  return validate(value) ? [] : (validate.errors ?? [])
}

async function isValid(id: SchemaId, value: unknown): Promise<boolean> {
  const checkHead = await heads.load(id)
  if (!checkHead) return (await checks.load(id))(value)
  if (!checkHead(value)) return false
  for (const item of listItems(id, value)) {
    const check = itemCheck(id, item) ?? await loadItemCheck(id, item)
    if (!check(item)) return false
  }
  return true
}

/**
 * The check of a document's head: of the whole, but not of the items of its list. Throws for a schema without such a list: see
 * src/schemas/schema-options.json.
 */
export async function loadHeadCheck(id: SchemaId): Promise<Check> {
  const check = await heads.load(id)
  if (!check) throw new Error(`Documents of the schema ${id} are validated as a whole`)
  return check
}

/** The check of an item of a document's list, if it is loaded: they differ by the `type` of items. */
export function itemCheck(id: SchemaId, item: unknown): Check | undefined {
  return loaded.get(id)?.get(typeOf(item))
}

/** Loads the check of an item of a document's list. */
export async function loadItemCheck(id: SchemaId, item: unknown): Promise<Check> {
  const type = typeOf(item)
  const check = await compileItemCheck(id, type)
  const own = loaded.get(id) ?? new Map<string | undefined, Check>()
  own.set(type, check)
  loaded.set(id, own)
  return check
}

const loaded = new Map<SchemaId, Map<string | undefined, Check>>()

function typeOf(item: unknown): string | undefined {
  return typeof item === 'object' && item !== null && 'type' in item && typeof item.type === 'string' && item.type.length < 30
    ? item.type : undefined
}

/**
 * The items of the lists of a document whose head is valid: a bundle's objects, the rows of one mapping file or of several, of a table, or of a
 * workbook's sheets of mappings.
 */
function listItems(id: SchemaId, value: unknown): readonly unknown[] {
  if (id === 'stix-bundle') return listOf(value, 'objects')
  if (id === 'ctid-mappings') return [value].flat().flatMap((document: unknown) => listOf(document, 'mapping_objects'))
  if (id === 'workbook') return listOf(value, 'sheets').filter(isMappingsSheet).flatMap((sheet) => listOf(sheet, 'rows'))
  return [value].flat()
}

/** The sheets that `$defs/mappings` of the schema is about. */
function isMappingsSheet(sheet: unknown): boolean {
  const { layout, name }: { readonly layout?: unknown; readonly name?: unknown } = Object(sheet)
  return layout === 'table' && typeof name === 'string' && /^Mappings(?: \d+)?$/.test(name)
}

function listOf(parent: unknown, name: string): readonly unknown[] {
  const list: unknown = typeof parent === 'object' && parent !== null ? Object.entries(parent).find(([key]) => key === name)?.[1] : undefined
  return Array.isArray(list) ? list : []
}

const explainers = remember<ValidateFunction>(compileSchema)
const checks = remember<Check>(compileCheck)
const heads = remember<Check | undefined>(compileHeadCheck)

/** Compiles each schema once. */
function remember<Compiled>(compile: (id: SchemaId) => Promise<Compiled>): { load(id: SchemaId): Promise<Compiled> } {
  const known = new Map<SchemaId, Promise<Compiled>>()
  return {
    load(id) {
      const found = known.get(id) ?? compile(id)
      known.set(id, found)
      return found
    },
  }
}
