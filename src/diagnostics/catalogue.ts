import { emitEntries, pushEntries, verifyEntries } from './catalogue/artifacts.js'
import { parseCellEntries, parseLayerEntries, parseNotesEntries, parseTableEntries } from './catalogue/tables.js'
import { parseEntries } from './catalogue/parse.js'
import { readEntries } from './catalogue/read.js'
import { shardEntries } from './catalogue/shards.js'
import { bridgeEntries, checkEntries, completeEntries, mergeEntries, normaliseEntries, upgradeEntries } from './catalogue/sets.js'

/** Severity, title and help of every diagnostic, by its code. docs/diagnostics.md is generated from it. */
export const catalogue = {
  ...readEntries,
  ...parseEntries,
  ...parseTableEntries,
  ...parseCellEntries,
  ...parseNotesEntries,
  ...parseLayerEntries,
  ...completeEntries,
  ...mergeEntries,
  ...normaliseEntries,
  ...checkEntries,
  ...emitEntries,
  ...shardEntries,
  ...upgradeEntries,
  ...bridgeEntries,
  ...verifyEntries,
  ...pushEntries,
} as const

/** A diagnostic's code: its stage and a name, such as `parse/unknown-format`. */
export type Code = keyof typeof catalogue
