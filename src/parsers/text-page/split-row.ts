import type { Framework } from '../../frameworks/framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { CapabilityRef, TechniqueRef } from '../../model/mapping.js'
import { scoreCategories, scoreValues } from '../../model/vocabulary.js'
import { cellText, isTechniqueId, type PageColumn } from '../page/page-content.js'
import { firstOwner, type PageHeading } from '../page/page-release.js'
import type { TextTable } from './find-tables.js'
import type { PageReports } from './page-reports.js'

/** A flattened row, split into cells; the capability's id and description remain joined. */
export interface SplitRow {
  /** The capability's id and description, joined by a space. */
  readonly capability: string
  /** Mapping type; undefined if the table has no such column or the cell is empty. */
  readonly relation?: string
  readonly category?: string
  readonly value?: string
  readonly technique?: TechniqueRef
  /** Whether mapping type or score were recognised. If not, `capability` may end in an unknown mapping type or score. */
  readonly firm: boolean
}

const CATEGORIES = new Set<string>([...scoreCategories, 'none'])
const VALUES = new Set<string>([...scoreValues, 'none'])

/**
 * Splits a row at its technique id. If several words look like one, the last that follows a known mapping type or score wins.
 * Undefined if the line is not a row of a table with these columns. Takes linear time.
 */
export function splitRow(text: string, columns: readonly PageColumn[]): SplitRow | undefined {
  const words = text.split(' ')
  let loose: number | undefined
  for (let index = words.length - 1; index > 0; index -= 1) {
    if (!isTechniqueId(words[index] ?? '')) continue
    const middle = readMiddle(words, index, columns)
    if (middle?.firm) return buildRow(words, index, middle)
    if (middle) loose ??= index
  }
  const middle = loose === undefined ? undefined : readMiddle(words, loose, columns)
  return loose !== undefined && middle ? buildRow(words, loose, middle) : splitWithoutTechnique(words, columns)
}

/** Splits a row whose technique cells are empty or "None"; undefined unless the other cells are recognised. */
function splitWithoutTechnique(words: readonly string[], columns: readonly PageColumn[]): SplitRow | undefined {
  const printsNone = words.at(-1) === 'None' && words.at(-2) === 'None'
  const end = printsNone ? words.length - 2 : words.length
  const middle = readMiddle(words, end, columns)
  return middle?.firm ? buildRow(words, undefined, middle) : undefined
}

/** The cells between description and technique. */
interface Middle {
  /** Number of words before them. */
  readonly start: number
  readonly relation: string | undefined
  readonly category: string | undefined
  readonly value: string | undefined
  readonly firm: boolean
}

/** Reads the cells before the word at index `end`, from last to first. */
function readMiddle(words: readonly string[], end: number, columns: readonly PageColumn[]): Middle | undefined {
  const score = columns.includes('value') ? readScore(words, end) : noScore
  const scoreStart = end - score.words
  const hasRelation = columns.includes('relation')
  const count = hasRelation ? countRelationWords(words.slice(Math.max(0, scoreStart - mostWords), scoreStart)) : 0
  const start = scoreStart - count
  if (start < 1) return undefined
  const firm = hasRelation ? count > 0 : score.words > 0 || !columns.includes('value')
  const relation = cellText(words.slice(start, scoreStart).join(' '))
  return { start, relation, category: cellText(score.category), value: cellText(score.value), firm }
}

const noScore = { words: 0, category: '', value: '' }

/** The score before the word at index `end`. Category, value or both may be empty. */
function readScore(words: readonly string[], end: number): typeof noScore {
  const last = words[end - 1] ?? ''
  const before = words[end - 2] ?? ''
  const isValue = VALUES.has(last.toLowerCase())
  if (isValue && CATEGORIES.has(before.toLowerCase())) return { words: 2, category: before, value: last }
  if (isValue) return { words: 1, category: '', value: last }
  return CATEGORIES.has(last.toLowerCase()) ? { words: 1, category: last, value: '' } : noScore
}

function buildRow(words: readonly string[], technique: number | undefined, middle: Middle): SplitRow {
  const { start, relation, category, value, firm } = middle
  const name = technique === undefined ? undefined : cellText(words.slice(technique + 1).join(' '))
  return {
    capability: words.slice(0, start).join(' '),
    ...(relation !== undefined && { relation }),
    ...(category !== undefined && { category }),
    ...(value !== undefined && { value }),
    ...(technique !== undefined && { technique: { id: words[technique] ?? '', ...(name !== undefined && { name }) } }),
    firm,
  }
}

/** Mapping types of all known frameworks, in lower case. */
const relationNames = new Set(frameworks.flatMap((framework) => framework.relations.map((relation) => relation.toLowerCase())))

/** Maximum number of words in a known mapping type. */
const mostWords = Math.max(...Array.from(relationNames, (name) => name.split(' ').length))

/** Number of trailing words that form a known mapping type (the longest wins); 0 if there is none. */
function countRelationWords(words: readonly string[]): number {
  for (let count = words.length; count > 0; count -= 1) {
    if (relationNames.has(words.slice(-count).join(' ').toLowerCase())) return count
  }
  return 0
}

/** Splits the text of a capability into id and description. */
export type Splitter = (text: string) => SplitCapability

/**
 * Creates the splitter of a table's capabilities. The framework is that of the section or the page, else the one that the id
 * identifies, else the one stated by the user.
 */
export function createSplitter(table: TextTable, { known, heading, framework, statedFramework }: TableContext): Splitter {
  const own = table.section?.framework ?? framework
  const page = heading.kind === 'capability' ? { pageCapability: heading.capability } : {}
  return (text) => {
    const found = splitCapability(text, { known, ...page, ...(own && { framework: own }) })
    if (found.framework || !statedFramework) return found
    return splitCapability(text, { known, ...page, framework: statedFramework })
  }
}

/** Context for reading the tables of a page. */
export interface TableContext {
  readonly known: KnownCapabilities
  readonly heading: PageHeading
  readonly reports: PageReports
  /** Framework of the page. */
  readonly framework?: Framework
  /** Framework stated by the user, for rows whose framework cannot be determined otherwise. */
  readonly statedFramework?: Framework
}

/** Context for splitting one capability. */
interface SplitContext {
  readonly known: KnownCapabilities
  /** Framework of the section or the page, or stated by the user. */
  readonly framework?: Framework
  /** Capability id in the page heading. */
  readonly pageCapability?: string
}

/** A capability split into id and description. */
export interface SplitCapability {
  readonly capability: CapabilityRef
  readonly framework?: Framework
  /** Name of the capability, if it is a known one. */
  readonly name?: string
  /** How the end of the id was found: known id, id pattern of the framework, end of the text, or merely the first space. */
  readonly by: 'known' | 'pattern' | 'whole' | 'guess'
}

/**
 * Splits "action.malware.vector.Email link Email via embedded link" into id and description: by the id in the page
 * heading, the longest known id, the id pattern of the framework, or the first word. If no framework is given, the id
 * determines it.
 */
function splitCapability(text: string, context: SplitContext): SplitCapability {
  const { known, framework, pageCapability } = context
  const longest = known.longestPrefix(text, framework?.id)
  const length = pageCapability !== undefined && isLeadingWords(pageCapability, text) ? pageCapability.length : longest?.length
  if (length !== undefined) {
    const owner = longest?.length === length ? firstOwner(longest.owners) : undefined
    const found = splitAt(text, length, 'known', framework ?? owner?.framework)
    return owner?.name === undefined ? found : { ...found, name: owner.name }
  }
  const candidates = framework ? [framework] : frameworks
  for (const candidate of candidates) {
    const pattern = framework ? candidate.capabilityId : candidate.distinctiveId
    const matched = pattern?.exec(text)?.[0].length
    if (matched === undefined) continue
    const exact = candidate.idsContainSpaces ? lengthBySpelling(text, matched) : matched
    return exact === undefined ? splitAt(text, matched, 'guess', candidate) : splitAt(text, exact, 'pattern', candidate)
  }
  const space = text.indexOf(' ')
  return splitAt(text, space < 0 ? text.length : space, space < 0 ? 'whole' : 'guess', framework)
}

function splitAt(text: string, length: number, by: SplitCapability['by'], framework: Framework | undefined): SplitCapability {
  const description = cellText(text.slice(length))
  return {
    capability: { id: text.slice(0, length), ...(description !== undefined && { description }) },
    ...(framework && { framework }),
    by,
  }
}

/**
 * Length of an id that may contain spaces: the first word if nothing follows it, or up to where the description repeats the last
 * part of the id ("action.malware.vector.Instant messaging Instant Messaging"). Undefined otherwise.
 */
function lengthBySpelling(text: string, firstWord: number): number | undefined {
  if (firstWord === text.length) return firstWord
  const start = text.lastIndexOf('.', firstWord - 1) + 1
  const words = text.slice(start).replace(/\.$/, '').split(' ')
  if (words.length % 2 === 1) return undefined
  const first = words.slice(0, words.length / 2).join(' ')
  const second = words.slice(words.length / 2).join(' ')
  return first.toLowerCase() === second.toLowerCase() ? start + first.length : undefined
}

function isLeadingWords(words: string, text: string): boolean {
  return text === words || text.startsWith(`${words} `)
}

/** Whether the text is exactly a known capability: its id and its name. */
export function isBare(found: SplitCapability): boolean {
  return found.by === 'known' && found.name !== undefined && found.name === found.capability.description
}
