import { emitEntries, pushEntries, verifyEntries } from './catalogue/artifacts.js'
import { parseEntries, parseNotesEntries } from './catalogue/parse.js'
import { readEntries } from './catalogue/read.js'
import { checkEntries, completeEntries, mergeEntries, normaliseEntries, upgradeEntries } from './catalogue/sets.js'

/** Every message that Crosswalk can give, by its code. docs/diagnostics.md is generated from it. */
export const catalogue = {
  ...readEntries,
  ...parseEntries,
  ...parseNotesEntries,
  ...completeEntries,
  ...mergeEntries,
  ...normaliseEntries,
  ...checkEntries,
  ...emitEntries,
  ...upgradeEntries,
  ...verifyEntries,
  ...pushEntries,
} as const

export type Code = keyof typeof catalogue
