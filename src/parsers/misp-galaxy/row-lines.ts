import type { MappingStatus, Score } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { isNonMappable, readStatus, scoreCategories } from '../../model/vocabulary.js'

/** What a line of `meta.mappings` says, as src/emitters/misp-galaxy/build-cluster.ts writes it. */
export interface RowLine {
  /** Absent for "no technique". */
  readonly technique?: { readonly id: string; readonly name?: string }
  readonly facts: RowFacts
}

/** What a row states beside its technique. The mapping type is a name. */
interface RowFacts {
  readonly relation?: string
  readonly score?: Score
  readonly status?: MappingStatus
}

/** The texts that lines may contain: names of mapping types and scores, as the cluster lists them. */
export interface KnownTexts {
  readonly relations: ReadonlySet<string>
  readonly scores: readonly string[]
}

const nothing = 'no technique'
/** Colons of a line that are tried as the beginning of its facts: names of techniques contain one at most. */
const mostColons = 12

/**
 * Reads "T1553.002 Code Signing: Technique Scores, protect partial". Names contain colons and commas, so that the facts begin at the first
 * colon after which every part is known. Undefined if the line has no id.
 */
export function readRowLine(line: string, known: KnownTexts): RowLine | undefined {
  const { target, facts } = splitLine(line, known)
  if (target === nothing) return { facts }
  const [, id, name] = /^([^\s:]\S{0,80})(?: (.*))?$/s.exec(target) ?? []
  return id === undefined ? undefined : { technique: { id, ...stated({ name: name?.trim() || undefined }) }, facts }
}

function splitLine(line: string, known: KnownTexts): { readonly target: string; readonly facts: RowFacts } {
  let at = line.indexOf(': ')
  for (let tried = 0; at >= 0 && tried < mostColons; tried += 1, at = line.indexOf(': ', at + 1)) {
    const facts = readFacts(line.slice(at + 2), known)
    if (facts) return { target: line.slice(0, at), facts }
  }
  return { target: line, facts: {} }
}

/** Mapping type, score, related score and status, each if it is stated; undefined if something else is left. */
function readFacts(text: string, { relations, scores }: KnownTexts): RowFacts | undefined {
  const [, beforeStatus = text, statusText] = /^(?:(.*), )?(complete|in progress|non mappable)$/s.exec(text) ?? []
  const isStatus = statusText !== undefined && !relations.has(text)
  const withoutStatus = isStatus ? (beforeStatus === text ? '' : beforeStatus) : text
  const [, beforeRelated, related] = /^(?:(.*), )?related score (\S{1,60})$/s.exec(withoutStatus) ?? []
  const withoutRelated = related === undefined ? withoutStatus : (beforeRelated ?? '')
  const score = scores.find((one) => withoutRelated === one || withoutRelated.endsWith(`, ${one}`))
  const isBoth = score !== undefined && relations.has(withoutRelated)
  const relation = score === undefined || isBoth ? withoutRelated : withoutRelated.slice(0, -score.length).replace(/, $/, '')
  if (relation !== '' && !relations.has(relation)) return undefined
  const status = isStatus ? readStatus(statusText) : isNonMappable(relation) ? 'non_mappable' as const : undefined
  const read = { ...(score !== undefined && !isBoth && readScore(score)), ...stated({ related }) }
  return stated({ relation: relation === '' ? undefined : relation, score: Object.keys(read).length === 0 ? undefined : read, status })
}

/** "protect partial": the emitter joins category and value by a blank. Without a category of CTID's, all of it is the value. */
function readScore(text: string): Score {
  const space = text.indexOf(' ')
  const first = space < 0 ? text : text.slice(0, space)
  if (!scoreCategories.some((category) => category === first)) return { value: text }
  return { category: first, ...(space >= 0 && { value: text.slice(space + 1) }) }
}
