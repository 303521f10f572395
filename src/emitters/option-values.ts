import type { OptionSpecs } from './emitter.js'

export type OptionValue = string | number | boolean

/** The values of an emitter's options: those asked for, the defaults for the rest. Values are of the spec's kind. */
export function resolveOptionValues(specs: OptionSpecs, asked: Readonly<Record<string, OptionValue>>): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const value = Object.hasOwn(asked, name) ? asked[name] : undefined
      return [name, value !== undefined && isValid(spec, value) ? value : spec.default]
    }),
  )
}

function isValid(spec: OptionSpecs[string], value: OptionValue): boolean {
  if (spec.kind === 'choice') return spec.values.some((choice) => choice === value)
  return typeof value === spec.kind
}
