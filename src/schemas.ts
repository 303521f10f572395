import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'

type SchemaLoader = () => Promise<{ default: object }>

/** The schemas of ours, by the name of their file in schemas/. Loaded when first used. */
const loaders = {
  'config': () => import('../schemas/config.schema.json', { with: { type: 'json' } }),
  'csv-metadata': () => import('../schemas/csv-metadata.schema.json', { with: { type: 'json' } }),
  'ctid-mappings': () => import('../schemas/ctid-mappings.schema.json', { with: { type: 'json' } }),
  'diagnostics': () => import('../schemas/diagnostics.schema.json', { with: { type: 'json' } }),
  'inspect': () => import('../schemas/inspect.schema.json', { with: { type: 'json' } }),
  'manifest': () => import('../schemas/manifest.schema.json', { with: { type: 'json' } }),
  'model': () => import('../schemas/model.schema.json', { with: { type: 'json' } }),
  'navigator-layer': () => import('../schemas/navigator-layer.schema.json', { with: { type: 'json' } }),
  'stix-bundle': () => import('../schemas/stix-bundle.schema.json', { with: { type: 'json' } }),
  'stix-extension': () => import('../schemas/stix-extension.schema.json', { with: { type: 'json' } }),
  'table-rows': () => import('../schemas/table-rows.schema.json', { with: { type: 'json' } }),
  'workbook': () => import('../schemas/workbook.schema.json', { with: { type: 'json' } }),
} as const satisfies Record<string, SchemaLoader>

export type SchemaId = keyof typeof loaders

const compiled = new Map<SchemaId, Promise<ValidateFunction>>()

/** The validator of a schema, compiled once. */
export function schemaValidator(id: SchemaId): Promise<ValidateFunction> {
  let validator = compiled.get(id)
  if (!validator) {
    validator = compile(id)
    compiled.set(id, validator)
  }
  return validator
}

/** What is wrong with a value, or nothing. Pointers are JSON pointers into the value. */
export async function schemaErrors(id: SchemaId, value: unknown): Promise<readonly ErrorObject[]> {
  const validate = await schemaValidator(id)
  return validate(value) ? [] : (validate.errors ?? [])
}

async function compile(id: SchemaId): Promise<ValidateFunction> {
  const [{ Ajv2020 }, { default: addFormats }, { default: schema }] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
    loaders[id](),
  ])
  // strictRequired wants `properties` beside every `required`, which if/then schemas have elsewhere.
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, verbose: true, loadSchema: loadReferred })
  addFormats.default(ajv)
  return ajv.compileAsync(schema)
}

/** A schema of ours that another one refers to by its address. */
async function loadReferred(address: string): Promise<object> {
  const found = Object.entries(loaders).find(([id]) => address.endsWith(`/${id}.schema.json`))
  if (!found) throw new Error(`No schema of ours has the address ${address}`)
  return (await found[1]()).default
}
