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
    const pattern = framework ? candidate.capabilityId : candidate.distinctiveId ?? candidate.capabilityId
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
