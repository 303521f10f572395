import { frameworkByLabel } from '../../frameworks/framework-by-label.js'
import type { TableSheet } from '../../formats/decoded.js'
import type { Domain } from '../../model/mapping.js'
import { readDate } from '../../model/read-date.js'
import { readDomain } from '../../model/read-domain.js'
import { stated } from '../../model/stated.js'
import { meaningOf } from './column-roles.js'
import { readAttackVersion } from './read-row.js'

/** What the rows beside the table say of all its rows: "ATT&CK version | 12.1" above it, or on a sheet of its own. */
export interface TableFacts {
  readonly framework?: string
  readonly frameworkVersion?: string
  readonly attackVersion?: string
  readonly domain?: Domain
  readonly mappingVersion?: string
  readonly author?: string
  readonly contact?: string
  readonly organization?: string
  /** ISO dates. */
  readonly created?: string
  readonly modified?: string
}

/** Titles and notes above a table are few. */
const SEARCHED = 60

/**
 * Reads the rows of a sheet, up to the header's, that consist of a name and its value. The first of two that say the
 * same counts.
 */
export function readFacts(sheet: TableSheet, end: number): TableFacts {
  const facts: { -readonly [Name in keyof TableFacts]?: string } = {}
  for (const cells of sheet.rows.slice(0, Math.min(end, SEARCHED))) {
    const [name, value, ...others] = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
    if (name === undefined || value === undefined || others.length > 0 || value === 'not stated') continue
    const role = roleOf(name)
    if (role !== undefined) facts[role] ??= value
    // "VERIS version | 1.3.7" names the framework, too.
    const named = role === 'frameworkVersion' ? frameworkByLabel(name.replace(/\s+version\W*$/i, '')) : undefined
    if (named) facts.framework ??= named.id
  }
  return stated({
    ...facts,
    attackVersion: readAttackVersion(facts.attackVersion),
    domain: facts.domain === undefined ? undefined : readDomain(facts.domain),
    created: facts.created === undefined ? undefined : readDate(facts.created),
    modified: facts.modified === undefined ? undefined : readDate(facts.modified),
  })
}

function roleOf(name: string): keyof TableFacts | undefined {
  const label = /^(.{1,60}?)\s+version\W*$/i.exec(name)?.[1]
  if (label !== undefined && frameworkByLabel(label)) return 'frameworkVersion'
  const meaning = meaningOf(name)
  switch (meaning?.role) {
    case 'framework': case 'frameworkVersion': case 'attackVersion': case 'domain': case 'mappingVersion':
    case 'author': case 'contact': case 'organization': case 'created': case 'modified':
      return meaning.role
    default:
      return undefined
  }
}
