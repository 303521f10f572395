import type { AttackIndexData } from './index-data.js'

/** The stored index as JSON, one thing per line, so that a new release shows as a readable difference. Ends in a line feed. */
export function renderIndexData(data: AttackIndexData): string {
  return `${JSON.stringify(data, undefined, 1)}\n`
}
