import type { ErrorObject } from 'ajv'
import type { DiagnosticDetails } from '../diagnostics/diagnostic.js'
import { schemaErrors, type SchemaId } from '../schemas/schema-errors.js'
import type { ValidationContext } from './file-kind.js'

/** Keywords whose errors only repeat an error at a deeper level. */
const wrappers: ReadonlySet<string> = new Set(['if', 'anyOf', 'oneOf', 'allOf', '$ref'])

/** Validates a value by one of Crosswalk's schemas and reports the first error at its place. True if the value is valid. */
export async function reportSchemaError(id: SchemaId, value: unknown, context: ValidationContext): Promise<boolean> {
  const errors = await schemaErrors(id, value)
  const error = errors.find(({ keyword }) => !wrappers.has(keyword)) ?? errors[0]
  if (!error) return true
  context.reportAt(error.instancePath, 'verify/schema', describeSchemaError(error))
  return false
}

function describeSchemaError({ instancePath, keyword, message = 'is invalid', params, data }: ErrorObject): DiagnosticDetails {
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

/** A scalar as JSON; for lists and objects, only their kind. Undefined for undefined. */
function describeValue(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (Array.isArray(value)) return `a list of ${value.length}`
  return typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value)
}
