import type { SetCounts } from './set-counts.js'

/** Counts in words, in the order in which pages and workbooks tell them. */
export function countFacts(counts: SetCounts): readonly (readonly [label: string, count: number])[] {
  return [
    ['Rows', counts.rows],
    ['Rows that map', counts.mapped],
    ['Rows of capabilities that map to nothing', counts.unmappedCapabilities],
    ['Rows of techniques that nothing maps to', counts.unmappedTechniques],
    ['Capabilities', counts.capabilities],
    ['Capabilities that map', counts.mappedCapabilities],
    ['Techniques', counts.techniques],
    ['Techniques that are mapped', counts.mappedTechniques],
  ]
}
