import type { ValidateFunction } from 'ajv/dist/2020.js'
import shared from './schema-options.json' with { type: 'json' }

type SchemaLoader = () => Promise<{ default: object }>

/** Our schemas, by file name in schemas/. Loaded on first use. */
const loaders = defineLoaders({
  'attack-changes': () => import('../../schemas/attack-changes.schema.json', { with: { type: 'json' } }),
  'attack-pack': () => import('../../schemas/attack-pack.schema.json', { with: { type: 'json' } }),
  'attack-successors': () => import('../../schemas/attack-successors.schema.json', { with: { type: 'json' } }),
  'bridge': () => import('../../schemas/bridge.schema.json', { with: { type: 'json' } }),
  'config': () => import('../../schemas/config.schema.json', { with: { type: 'json' } }),
  'coverage': () => import('../../schemas/coverage.schema.json', { with: { type: 'json' } }),
  'csv-metadata': () => import('../../schemas/csv-metadata.schema.json', { with: { type: 'json' } }),
  'ctid-mappings': () => import('../../schemas/ctid-mappings.schema.json', { with: { type: 'json' } }),
  'diagnostics': () => import('../../schemas/diagnostics.schema.json', { with: { type: 'json' } }),
  'diff': () => import('../../schemas/diff.schema.json', { with: { type: 'json' } }),
  'html-report': () => import('../../schemas/html-report.schema.json', { with: { type: 'json' } }),
  'in-place': () => import('../../schemas/in-place.schema.json', { with: { type: 'json' } }),
  'inspect': () => import('../../schemas/inspect.schema.json', { with: { type: 'json' } }),
  'layer-index': () => import('../../schemas/layer-index.schema.json', { with: { type: 'json' } }),
  'manifest': () => import('../../schemas/manifest.schema.json', { with: { type: 'json' } }),
  'markdown-summary': () => import('../../schemas/markdown-summary.schema.json', { with: { type: 'json' } }),
  'misp-clusters': () => import('../../schemas/misp-clusters.schema.json', { with: { type: 'json' } }),
  'misp-galaxy': () => import('../../schemas/misp-galaxy.schema.json', { with: { type: 'json' } }),
  'matrix-picture': () => import('../../schemas/matrix-picture.schema.json', { with: { type: 'json' } }),
  'model': () => import('../../schemas/model.schema.json', { with: { type: 'json' } }),
  'navigator-layer': () => import('../../schemas/navigator-layer.schema.json', { with: { type: 'json' } }),
  'parquet-mappings': () => import('../../schemas/parquet-mappings.schema.json', { with: { type: 'json' } }),
  'parquet-techniques': () => import('../../schemas/parquet-techniques.schema.json', { with: { type: 'json' } }),
  'report-table': () => import('../../schemas/report-table.schema.json', { with: { type: 'json' } }),
  'report-workbook': () => import('../../schemas/report-workbook.schema.json', { with: { type: 'json' } }),
  'stix-bundle': () => import('../../schemas/stix-bundle.schema.json', { with: { type: 'json' } }),
  'stix-extension': () => import('../../schemas/stix-extension.schema.json', { with: { type: 'json' } }),
  'table-rows': () => import('../../schemas/table-rows.schema.json', { with: { type: 'json' } }),
  'upgrade': () => import('../../schemas/upgrade.schema.json', { with: { type: 'json' } }),
  'workbook': () => import('../../schemas/workbook.schema.json', { with: { type: 'json' } }),
})

export type SchemaId = keyof typeof loaders

/** Keeps the ids and drops the types of the schema contents, which would fill the declarations. */
function defineLoaders<const Id extends string>(all: Readonly<Record<Id, SchemaLoader>>): Readonly<Record<Id, SchemaLoader>> {
  return all
}

/** Whether a value is valid. */
export type Check = (value: unknown) => boolean

/** Schemas of documents that are mostly one list: `list` is the pointer of the list's schema ('' if the document is it), `item` that of its items. */
const parts: Readonly<Partial<Record<SchemaId, { readonly list: string; readonly item: string }>>> = shared.parts

/**
 * Compiles one of our schemas with Ajv, for errors that say what was found. This takes longer than most conversions, so the build replaces
 * this module by precompiled validators (scripts/build.mjs): same schemas, same options, no Ajv at run time.
 */
export async function compileSchema(id: SchemaId): Promise<ValidateFunction> {
  const [ajv, { default: schema }] = await Promise.all([createAjv(), loaders[id]()])
  return ajv.compileAsync(schema)
}

/** Compiles a schema for a yes or no. */
export async function compileCheck(id: SchemaId): Promise<Check> {
  return compileSchema(id)
}

/** Compiles the check of a document apart from the items of its list; undefined for schemas without one. */
export async function compileHeadCheck(id: SchemaId): Promise<Check | undefined> {
  const part = parts[id]
  if (!part) return undefined
  const [ajv, { default: schema }] = await Promise.all([createAjv(), loaders[id]()])
  const copy: object = structuredClone(schema)
  Object.assign(part.list.split('/').slice(1).reduce<object>(childOf, copy), { items: true })
  return ajv.compileAsync(copy)
}

/** Compiles the check of an item of a document's list. The build has one for each `type` of items. */
export function compileItemCheck(id: SchemaId, _type: string | undefined): Promise<Check> {
  const check = ofItems.get(id) ?? compileItem(id)
  ofItems.set(id, check)
  return check
}

const ofItems = new Map<SchemaId, Promise<Check>>()

async function compileItem(id: SchemaId): Promise<Check> {
  const [ajv, { default: schema }] = await Promise.all([createAjv(), loaders[id]()])
  await ajv.compileAsync(schema)
  return ajv.compile({ $ref: `${addressOf(schema)}#${parts[id]?.item ?? ''}` })
}

function childOf(parent: object, name: string): object {
  const child: unknown = Object.entries(parent).find(([key]) => key === name)?.[1]
  return typeof child === 'object' && child !== null ? child : {}
}

function addressOf(schema: object): string {
  return '$id' in schema ? String(schema.$id) : ''
}

/**
 * Options shared with the build. strictRequired is off since if/then schemas have `properties` and `required` in different places;
 * strictTuples is off to allow arrays whose first items differ from the rest.
 */
async function createAjv() {
  const [{ Ajv2020 }, { default: addFormats }] = await Promise.all([import('ajv/dist/2020.js'), import('ajv-formats')])
  const ajv = new Ajv2020({ ...shared.options, loadSchema: loadReferred })
  addFormats.default(ajv)
  return ajv
}

/** Loads one of our schemas by the `$id` that another one refers to. */
async function loadReferred(address: string): Promise<object> {
  const found = Object.entries(loaders).find(([id]) => address.endsWith(`/${id}.schema.json`))
  if (!found) throw new Error(`No schema has the $id ${address}`)
  return (await found[1]()).default
}
