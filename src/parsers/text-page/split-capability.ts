import type { Framework } from '../../frameworks/framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { CapabilityRef } from '../../model/mapping.js'
import { cellText } from '../page/page-content.js'
import { firstOwner, type PageHeading } from '../page/page-heading.js'
import type { TextTable } from './find-tables.js'
import type { PageReports } from './page-reports.js'

/** Splits the text of a capability into id and description. */
export type Splitter = (text: string) => SplitCapability

/**
 * Creates the splitter of a table's capabilities. It goes by the framework of the table's section or page, else by the ids,
 * else by the user's word.
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

/** What a page's tables are read with. */
export interface TableContext {
  readonly known: KnownCapabilities
  readonly heading: PageHeading
  readonly reports: PageReports
  /** The page's framework. */
  readonly framework?: Framework
  /** The framework that the user states; for rows whose framework nothing else tells. */
  readonly statedFramework?: Framework
}

/** What is known when a capability's text is split. */
interface SplitContext {
  readonly known: KnownCapabilities
  /** The framework of the section or the page, or the one that the user states. */
  readonly framework?: Framework
  /** The id that the page's heading names. */
  readonly pageCapability?: string
}

/** A capability's id and description, told apart. */
export interface SplitCapability {
  readonly capability: CapabilityRef
  readonly framework?: Framework
  /** The capability's name, where it is known. */
  readonly name?: string
  /** What told where the id ends: a known id, the framework's pattern, the text's end, or nothing but the first space. */
  readonly by: 'known' | 'pattern' | 'whole' | 'guess'
}

/**
 * Splits "action.malware.vector.Email link Email via embedded link" into id and description: by the id that the page's
 * heading names, by the longest known id, by the framework's id pattern, by the first word. Where no framework is given,
 * the id tells it.
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
    const pattern = framework ? candidate.capabilityId : candidate.tellingId ?? candidate.capabilityId
    const matched = pattern?.exec(text)?.[0].length
    if (matched === undefined) continue
    const exact = candidate.idsHoldSpaces ? lengthBySpelling(text, matched) : matched
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
 * Where ids hold spaces, two things still tell the end: nothing follows the first word, or the description repeats the
 * id's own words ("action.malware.vector.Instant messaging Instant Messaging").
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

/** Whether the text is a known capability, name and all, and nothing else. */
export function isBare(found: SplitCapability): boolean {
  return found.by === 'known' && found.name !== undefined && found.name === found.capability.description
}
