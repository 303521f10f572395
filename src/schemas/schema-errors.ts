import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { compileSchema, type SchemaId } from './compile-schema.js'

export type { SchemaId }

const validators = new Map<SchemaId, Promise<ValidateFunction>>()

/** Validator of a schema, compiled once. */
function schemaValidator(id: SchemaId): Promise<ValidateFunction> {
  let validator = validators.get(id)
  if (!validator) {
    validator = compileSchema(id)
    validators.set(id, validator)
  }
  return validator
}

/** Schema errors of a value; empty if it is valid. `instancePath` is a JSON pointer into the value. */
export async function schemaErrors(id: SchemaId, value: unknown): Promise<readonly ErrorObject[]> {
  const validate = await schemaValidator(id)
  return validate(value) ? [] : (validate.errors ?? [])
}
