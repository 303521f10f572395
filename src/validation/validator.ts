import type { ErrorObject } from 'ajv'
import type { AttackIndex } from '../attack/attack-index.js'
import type { DiagnosticDetails, Report, ReportAt } from '../diagnostics/diagnostic.js'
import type { DecodedDocument, DocumentFile } from '../formats/decoded.js'
import { schemaErrors, type SchemaId } from '../schemas/schema-errors.js'
import type { PlatformId } from './stix/platforms/platforms.js'

/** What a validator is given beside its document. */
export interface ValidationContext {
  readonly attack: AttackIndex
  readonly report: Report
  /** Reports at the place of a JSON pointer in a tree, or of the whole document in others. */
  readonly reportAt: ReportAt
  /** Every file that is validated in this run, by its path: a manifest is held against the artifacts beside it. */
  readonly files: ReadonlyMap<string, DocumentFile>
  /** The platforms that a bundle is to be judged for. */
  readonly platforms: readonly PlatformId[]
}

/** A kind of file, how to tell it, and what makes it valid. Pure: everything wrong is reported, nothing is thrown. */
export interface Validator {
  readonly id: string
  readonly title: string
  /** Whether a document means to be of this kind. Cheap; a broken file of the kind is still one. */
  recognises(document: DecodedDocument): boolean
  /** What the document holds, counted, for the summary. */
  validate(document: DecodedDocument, context: ValidationContext): Promise<Readonly<Record<string, number>>>
}

/** Keywords whose error only says that something deeper is wrong. */
const wrappers: ReadonlySet<string> = new Set(['if', 'anyOf', 'oneOf', 'allOf', '$ref'])

/** Holds a value against a schema of ours, and reports the first place that fails. True when it passes. */
export async function reportSchemaError(id: SchemaId, value: unknown, context: ValidationContext): Promise<boolean> {
  const errors = await schemaErrors(id, value)
  const error = errors.find(({ keyword }) => !wrappers.has(keyword)) ?? errors[0]
  if (!error) return true
  context.reportAt(error.instancePath, 'verify/schema', describeSchemaError(error))
  return false
}

/** A schema error as a message, what was found and what was expected. */
function describeSchemaError({ instancePath, keyword, message = 'is wrong', params, data }: ErrorObject): DiagnosticDetails {
  const where = instancePath === '' ? 'The document' : instancePath
  const expected = describeExpected(keyword, params)
  const found = describeValue(data)
  return { message: `${where} ${message}`, ...(found !== undefined && { found }), ...(expected !== undefined && { expected }) }
}

function describeExpected(keyword: string, params: Readonly<Record<string, unknown>>): string | undefined {
  if (keyword === 'additionalProperties') return `no property ${describeValue(params['additionalProperty']) ?? ''}`
  if (keyword === 'unevaluatedProperties') return `no property ${describeValue(params['unevaluatedProperty']) ?? ''}`
  const { allowedValues, allowedValue } = params
  if (Array.isArray(allowedValues)) return allowedValues.map((value: unknown) => describeValue(value)).join(' or ')
  return keyword === 'const' ? describeValue(allowedValue) : undefined
}

/** A scalar as JSON writes it; of lists and mappings only what they are. */
function describeValue(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (Array.isArray(value)) return `a list of ${value.length}`
  return typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value)
}
