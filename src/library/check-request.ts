import type { OptionSpec, OptionSpecs, OptionValue, OptionValues } from '../emitters/emitter.js'
import { type EmitterId, emitters } from '../emitters/registry.js'
import { thresholds } from '../coverage/row-state.js'
import { attackDomains } from '../model/vocabulary.js'
import { type LimitEntry, limitNames, limitTable } from '../formats/limits.js'
import { parsers } from '../parsers/registry.js'
import type { ConvertRequest, UnderstandRequest } from '../pipeline/requests.js'
import { platforms } from '../validation/stix/platforms/platforms.js'
import { reportFormats } from '../analyses/report/report-artifacts.js'
import {
  type Check, date, flag, listOf, number, objectWith, oneOf, recordOf, shape, text, version, wrongType,
} from './check-value.js'
import type { RequestMistake } from './request-error.js'

/** Ids of the parsers: values of `from`. */
export type ParserId = (typeof parsers)[number]['id']

type Registered = (typeof emitters)[number]

/** The options of one emitter, by its id. All may be left out; `crosswalk formats` and docs/cli.md describe them. */
export type OptionsOf<Id extends EmitterId> = Partial<OptionValues<Extract<Registered, { readonly id: Id }>['options']>>

/** The emitters of a conversion, each with its options: `{ navigator: { 'layer-by': 'group' }, csv: {} }`. */
export type EmitterChoice = { readonly [Id in EmitterId]?: OptionsOf<Id> }

/** The documents to read, and how. */
export interface ReadOptions extends Omit<UnderstandRequest, 'inputs' | 'from'> {
  /** Names of documents, as the host interprets them. Default: all documents of a memory host. */
  readonly inputs?: readonly string[]
  /** The parser to use; detected from the content if absent. */
  readonly from?: ParserId
}

/** The documents to read, and the artifacts to write. */
export interface ConvertOptions extends ReadOptions, Pick<ConvertRequest, 'combine' | 'created' | 'against'> {
  /** Ids of emitters, or an object with the options of each. */
  readonly emitters: readonly EmitterId[] | EmitterChoice
}

// A file that could not be read has no digest.
const documentFile = shape({ name: text, path: text, bytes, sha256: anyText }, ['name', 'path', 'bytes', 'sha256'])

function bytes(value: unknown, at: string): void {
  if (!(value instanceof Uint8Array)) throw wrongType(value, at, 'bytes (Uint8Array)')
}

function anyText(value: unknown, at: string): void {
  if (typeof value !== 'string') throw wrongType(value, at, 'text')
}

/** Fields of every request that needs ATT&CK. */
export const attackFields = {
  attackBundle: documentFile,
  attackReleases: listOf(documentFile),
} as const satisfies Readonly<Record<string, Check>>

const columns: Check = (value, at) => {
  if (Array.isArray(value)) listOf(text)(value, at)
  else text(value, at)
}

/** Fields of every request that reads documents, but those that name the documents. */
const readingFields = {
  ...attackFields,
  from: oneOf('parser', parsers.map(({ id }) => id)),
  perDocument: flag,
  attack: objectWith('an ATT&CK index', ['release', 'versions', 'history']),
  catalog: listOf(text),
  statements: shape({
    framework: text,
    frameworkVersion: text,
    attackVersion: version,
    domain: oneOf('domain', attackDomains),
    columns: recordOf(columns),
    fillDown: flag,
    split: shape({ capability: separator }),
  }),
} as const satisfies Readonly<Record<string, Check>>

function separator(value: unknown, at: string): void {
  if (typeof value !== 'string' || value === '') throw wrongType(value, at, 'a separator, such as ";"')
}

const inputs = listOf(text)
const noOption = { noun: 'option', code: 'unknown-option' } as const satisfies { readonly noun: string, readonly code: RequestMistake }

function optionCheck(spec: OptionSpec): Check {
  return spec.kind === 'choice' ? oneOf('choice', spec.values) : spec.kind === 'number' ? number(spec) : flag
}

const optionChecks: Readonly<Record<string, Check>> = Object.fromEntries(emitters.map(({ id, options }: { id: EmitterId, options: OptionSpecs }) =>
  [id, shape(Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, optionCheck(spec)])), [], noOption)]))

const emitterChoice: Check = (value, at) => {
  if (Array.isArray(value)) listOf(oneOf('emitter', Object.keys(optionChecks), 'unknown-emitter'))(value, at)
  else shape(optionChecks, [], { noun: 'emitter', code: 'unknown-emitter' })(value, at)
}

const convertFields = { ...readingFields, inputs, emitters: emitterChoice, combine: flag, created: date }
/** Files that the result is also written to. */
const formats = listOf(oneOf('format', [...reportFormats, 'layer']))

/** The check of each function's request. */
export const requests = {
  inspect: shape({ ...readingFields, inputs }),
  convert: shape({ ...convertFields, against: inputs }, ['emitters']),
  upgrade: shape({ ...convertFields, to: version, decisions: inputs }, ['emitters', 'to']),
  validate: shape({ ...attackFields, inputs, platforms: listOf(oneOf('platform', platforms.map(({ id }) => id))) }),
  diff: shape({ ...readingFields, before: inputs, after: inputs, formats: listOf(oneOf('format', [...reportFormats, 'layer', 'html'])) }, ['before', 'after']),
  coverage: shape({ ...readingFields, inputs, threshold: oneOf('threshold', thresholds), against: inputs, formats }),
  bridge: shape({
    ...readingFields, left: inputs, right: inputs, capability: text, minStrength: number({ min: 0, max: 1 }),
    limit: number({ min: 1, whole: true }), formats: listOf(oneOf('format', reportFormats)),
  }, ['left', 'right']),
  attack: shape({ ...attackFields }),
  search: shape({ domain: oneOf('domain', attackDomains), version }),
} as const satisfies Readonly<Record<string, Check>>

/** Limits of documents by their names, each a whole number. */
export const limitsCheck = shape(Object.fromEntries(limitNames.map((name) => {
  const { most }: LimitEntry = limitTable[name]
  return [name, number({ min: 1, whole: true, ...(most !== undefined && { max: most }) })]
})))

/** What every host must have. */
export const hostCheck = objectWith('a host, such as createMemoryHost makes', ['readDocuments', 'writeArtifact', 'readFormer', 'removeArtifact'])

/** The request as the pipeline takes it. Call only with a checked request. */
export function toConvertRequest({ emitters: chosen, ...request }: ConvertOptions): ConvertRequest {
  const withInputs = { inputs: [], ...request }
  if (isList(chosen)) return { ...withInputs, emitters: chosen }
  const named = emitters.map(({ id }) => id).filter((id) => chosen[id] !== undefined)
  const options: Readonly<Partial<Record<EmitterId, Readonly<Record<string, OptionValue>>>>> = chosen
  return { ...withInputs, emitters: named, emitterOptions: options }
}

function isList(chosen: ConvertOptions['emitters']): chosen is readonly EmitterId[] {
  return Array.isArray(chosen)
}
