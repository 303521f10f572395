import { foldName } from '../../model/text.js'
import { cleanCell } from './cell-text.js'
import type { TechniqueLookup } from './technique-lookup.js'
import { excludes, type Expansion, isFiller, namesTactics, readName, type TechniqueToken } from './technique-names.js'
import { scanTechniques } from './technique-scan.js'

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

/** What the texts around ids are. */
interface AssignedTexts {
  /** By token. */
  readonly names: readonly (string | undefined)[]
  readonly rest: readonly string[]
  readonly aside: readonly string[]
  /** Texts that take a technique out: "except". */
  readonly excluded: readonly string[]
}

/** Characters around texts that are no part of them. */
const edges: ReadonlySet<string> = new Set(' \t\n,;|:/•·()[]{}<>–—−‐‑‒-_"\'`“”‘’„«»*#+&=→⇒>\\^$?~.!…')
/** Marks that change what a cell says: uncertain, struck through, and so on. */
const remark = /\?|~~|…|\.{3}/
const listMarks = /(?:^|\n) {0,5}(?:\d{1,2}[.)]|[a-h][.)])(?= {0,5}(?:\n|$))/gi

/**
 * Says of each text before, between and after the ids of a cell what it is: a name of the technique before it, of the one after it
 * (in a cell that begins with a name, or before a bracket), a tactic, or something that is reported.
 */
function assignNames(
  tokens: readonly TechniqueToken[], gaps: readonly string[], lookup: TechniqueLookup | undefined,
): AssignedTexts {
  const names: (string | undefined)[] = tokens.map(() => undefined)
  const named = tokens.map(() => false)
  const rest: string[] = []
  const excluded: string[] = []
  const aside: string[] = []
  const [lead = ''] = gaps
  const [first] = tokens
  const namesFirst = first !== undefined && piecesOf(lead).some((piece) => !namesTactics(piece) && readName(piece, nameId(first), lookup))

  for (const [index, gap] of gaps.entries()) {
    const mark = remark.exec(gap)?.[0]
    if (mark !== undefined) rest.push(mark)
    if (/!\s?$/.test(gap.slice(-3)) && index < tokens.length) excluded.push(`!${nameId(tokens[index])}`)
    const pieces = piecesOf(gap)
    if (pieces.length === 0) continue
    const opens = /[([]\s{0,3}$/.test(gap.slice(-5))
    for (const [position, piece] of pieces.entries()) {
      if (namesTactics(piece)) aside.push(piece)
      else {
        const before = position === 0 && named[index - 1] === false ? index - 1 : undefined
        const after = position === pieces.length - 1 && index < tokens.length ? index : undefined
        readPiece(piece, opens || namesFirst ? [after, before] : [before, after])
      }
    }
  }
  excluded.push(...rest.filter((text) => excludes(text)))
  return { names, rest: rest.filter((text) => !excludes(text)), aside, excluded }

  function readPiece(piece: string, owners: readonly (number | undefined)[]): void {
    const candidates = owners.filter((owner) => owner !== undefined)
    if (take(piece, candidates, true)) return
    const [left, ...parts] = piece.split(',').map(trimEdges).filter((part) => part !== '')
    const right = parts.pop()
    if (left !== undefined && right !== undefined) {
      const tookLeft = take(left, candidates, true)
      const tookRight = take(right, candidates, true)
      if (tookLeft || tookRight) {
        for (const part of [...(tookLeft ? [] : [left]), ...parts, ...(tookRight ? [] : [right])]) leave(part, candidates)
        return
      }
    }
    leave(piece, candidates)
  }

  /** Whether a text is, for certain if asked for, the name of one of the tokens. */
  function take(text: string, candidates: readonly number[], certain: boolean): boolean {
    for (const owner of candidates) {
      const token = tokens[owner]
      const read = token && named[owner] === false ? readName(text, nameId(token), lookup) : undefined
      if (!read || (certain && !read.certain)) continue
      named[owner] = true
      names[owner] = token?.ids.length === 1 ? read.name : undefined
      return true
    }
    return false
  }

  function leave(text: string, candidates: readonly number[]): void {
    if (namesTactics(text)) aside.push(text)
    else if (!isFiller(text) && !take(text, candidates.slice(0, 1), false)) rest.push(text)
  }
}

/** The id whose name may be beside a token: that of a range or an expression is its technique's. */
function nameId(token: TechniqueToken | undefined): string {
  const ids = token?.ids ?? []
  const [first = ''] = ids
  return ids.length === 1 ? first : first.slice(0, 5)
}

/** The texts of a gap, without separators, list numbers, and words that only join or announce ids. */
function piecesOf(gap: string): readonly string[] {
  if (!/[\p{L}\p{N}]/u.test(gap)) return []
  return gap.replaceAll(listMarks, '\n').split(/[;|\n•·]/).map(trimEdges).filter((piece) => piece !== '' && !isFiller(piece))
}

/** Trims separators and words that only join or announce ids; brackets inside stay in pairs. */
function trimEdges(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && edges.has(text.charAt(start))) start += 1
  while (end > start && edges.has(text.charAt(end - 1))) end -= 1
  const name = text.slice(start, end).replaceAll(/\s+/g, ' ')
  const withoutJoining = name.replace(/^(?:and|or) | (?:and|or)$/gi, '')
  const opened = withoutJoining.lastIndexOf('(')
  return opened > withoutJoining.lastIndexOf(')') && text.charAt(end) === ')' ? `${withoutJoining})` : withoutJoining
}
