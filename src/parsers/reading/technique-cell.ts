import { foldName } from '../../model/text.js'
import { cleanCell } from './cell-text.js'
import type { TechniqueLookup } from './technique-lookup.js'
import type { Expansion } from './technique-patterns.js'
import { scanTechniques } from './technique-scan.js'
import { assignNames } from './technique-texts.js'

/** A technique that a cell names. */
export interface CellTechnique {
  readonly id: string
  /** Its name, if the cell has it. */
  readonly name?: string
}

/** A technique cell, understood to its last character: every part of it is a technique, a name, a separator, or in one of these lists. */
export interface TechniqueCell {
  /** In order, each id once. */
  readonly techniques: readonly CellTechnique[]
  /** Malformed ids, expressions that stand for no technique, and exclusions: the cell cannot be relied on. */
  readonly broken: readonly string[]
  /** Text that is neither a technique nor its name. */
  readonly rest: readonly string[]
  /** Tactics, tags and addresses beside the techniques. */
  readonly aside: readonly string[]
  readonly expanded: readonly Expansion[]
  /** Whether an expression, short sub-technique ids, a wildcard or a range was written out. */
  readonly isWrittenOut: boolean
  readonly hadInvisible: boolean
}

/**
 * Reads a technique cell: ids in any spelling (`T1059.001`, `t1059/001`, `T1059-001`), sub-techniques in short (`T1110 (.001, .003)`),
 * ranges, wildcards, regular expressions, tags, addresses, markup, and names before or after ids. Wildcards and ranges need the
 * look-up. Time is linear in the text.
 */
export function readTechniqueCell(raw: string, lookup?: TechniqueLookup): TechniqueCell {
  const { text, conflicts, addresses, hadInvisible } = cleanCell(raw)
  const { tokens, gaps, broken, others, aside: tags } = scanTechniques(text, lookup)
  const { names, rest, aside, excluded } = assignNames(tokens, gaps, lookup)
  const found = new Map<string, CellTechnique>()
  const otherNames: string[] = []
  for (const [index, { ids, isPrefix }] of tokens.entries()) {
    const name = ids.length === 1 ? names[index] : undefined
    for (const id of isPrefix ? [] : ids) {
      const before = found.get(id)?.name
      if (before === undefined) found.set(id, { id, ...(name !== undefined && { name }) })
      else if (name !== undefined && foldName(name) !== foldName(before)) otherNames.push(name)
    }
  }
  return {
    techniques: [...found.values()],
    broken: [...broken, ...(tokens.length > 0 ? excluded : [])],
    rest: [...tokens.flatMap(({ doubt }) => doubt ?? []), ...others, ...otherNames, ...rest, ...(tokens.length > 0 ? [] : excluded), ...conflicts],
    aside: [...new Set([...tags, ...aside, ...addresses])],
    expanded: tokens.flatMap(({ expansions }) => expansions ?? []),
    isWrittenOut: tokens.some(({ isWrittenOut }) => isWrittenOut),
    hadInvisible,
  }
}
