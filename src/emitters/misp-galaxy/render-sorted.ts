import { compareText } from '../../model/compare-text.js'

/** JSON as MISP's repository of galaxies wants it (`jq --sort-keys .`): sorted keys, two spaces, a line feed at the end. */
export function renderSorted(value: object): Uint8Array {
  const text = JSON.stringify(value, (_key, item: unknown) => (isRecord(item) ? sortKeys(item) : item), 2)
  return new TextEncoder().encode(`${text}\n`)
}

function sortKeys(record: object): object {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => compareText(a, b)))
}

function isRecord(item: unknown): item is object {
  return typeof item === 'object' && item !== null && !Array.isArray(item)
}
