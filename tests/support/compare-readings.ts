import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { createDiagnosticLog, type Diagnostic } from '../../src/diagnostics/diagnostic.js'
import type { Limits } from '../../src/formats/limits.js'
import { understandLarge } from '../../src/pipeline/read-large.js'
import type { UnderstoodDocument } from '../../src/pipeline/requests.js'
import { understandDocument } from '../../src/pipeline/understand.js'
import { testFile } from './read-tree.js'

/** What is read of a document, and said of it; without its bytes. */
interface Reading {
  readonly understood: Omit<UnderstoodDocument, 'file'>
  readonly diagnostics: readonly Diagnostic[]
}

/** Sizes at which every document is large, and its parts are as small as can be, but for those that `part` says. */
export const smallParts = (part = 1) => ({ part, most: 1 << 20, rest: 1 << 20 })

/** Reads a document as a whole. */
export async function readWhole(name: string, bytes: Uint8Array, limits?: Limits): Promise<Reading> {
  const log = createDiagnosticLog()
  const { file: _file, ...understood } = await understandDocument(testFile(name, bytes), { means: { limits } }, await loadAttackIndex(), log.report)
  return { understood, diagnostics: log.entries }
}

/** Reads a document step by step; undefined if it has to be read as a whole. Throws if something was said of it then. */
export async function readLarge(name: string, bytes: Uint8Array, limits?: Limits, part = 1): Promise<Reading | undefined> {
  const log = createDiagnosticLog()
  const options = { from: 0, sizes: smallParts(part) }
  const understood = await understandLarge(testFile(name, bytes), { means: { limits } }, await loadAttackIndex(), log.report, options)
  if (understood && 'because' in understood) throw new Error('nothing stops it')
  if (!understood && log.entries.length > 0) throw new Error('what is read again would be reported twice')
  const { file: _file, ...rest } = understood ?? { file: undefined, rows: 0, sets: [] }
  return understood && { understood: rest, diagnostics: log.entries }
}
