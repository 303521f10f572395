import { neutraliseJson } from '../../diagnostics/reporters/neutralise.js'

/** A result as JSON that is safe on a terminal. */
export function renderJson(value: unknown): string {
  return neutraliseJson(`${JSON.stringify(value, undefined, 2)}\n`)
}
