import { checkEntries } from './catalogue/check.js'
import { completeEntries } from './catalogue/complete.js'
import { emitEntries } from './catalogue/emit.js'
import { mergeEntries } from './catalogue/merge.js'
import { normaliseEntries } from './catalogue/normalise.js'
import { parseEntries } from './catalogue/parse.js'
import { parseNotesEntries } from './catalogue/parse-notes.js'
import { pushEntries } from './catalogue/push.js'
import { readEntries } from './catalogue/read.js'
import { upgradeEntries } from './catalogue/upgrade.js'
import { verifyEntries } from './catalogue/verify.js'

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
