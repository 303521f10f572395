import type { CapabilityRef, Score } from '../../model/mapping.js'
import { scoreCategories, scoreValues } from '../../model/score-scale.js'
import { stated } from '../../model/stated.js'
import type { OwnFacts } from './own-facts.js'

/** What an entry of a technique's metadata says of a row; src/emitters/navigator/list-metadata.ts writes it. */
export interface OwnRow {
  readonly capability: CapabilityRef
  readonly relation?: string
  readonly group?: string
  readonly score?: Score
}

const categories: ReadonlySet<string> = new Set(scoreCategories)
const values: ReadonlySet<string> = new Set(scoreValues)

/** The name is the bearing ("protect partial", a mapping type), the value the capability, sometimes after the mapping type. */
export function readOwnRow(name: string, value: string, group: string | undefined, facts: OwnFacts): OwnRow | undefined {
  const bearing = readBearing(name, facts)
  const prefix = bearing.score ? facts.relations.find((type) => value.startsWith(`${type.name}: `))?.name : undefined
  const capability = readCapability(prefix === undefined ? value : value.slice(prefix.length + 2))
  const relation = bearing.relation ?? prefix ?? facts.onlyRelation
  return capability && { capability, ...stated({ relation, group, score: bearing.score }) }
}

function readBearing(name: string, { relations }: OwnFacts): Pick<OwnRow, 'relation' | 'score'> {
  const score = readScore(name)
  if (score) return { score }
  if (name === 'mapped') return {}
  const types = name.endsWith('…') ? relations.filter((type) => type.name.startsWith(name.slice(0, -1))) : []
  const [only] = types.length === 1 ? types : []
  return { relation: only?.name ?? name }
}

function readScore(name: string): Score | undefined {
  const space = name.indexOf(' ')
  const first = space < 0 ? name : name.slice(0, space)
  if (categories.has(first)) return { category: first, ...(space >= 0 && { value: name.slice(space + 1) }) }
  return values.has(name) ? { value: name } : undefined
}

/** "Information Flow Enforcement (AC-04)": the last parentheses hold the id, which may hold some itself: "… (AC-2 (1))". */
function readCapability(text: string): CapabilityRef | undefined {
  if (text === '' || text === '(blank)' || text.endsWith('…')) return undefined
  const open = openingOfLast(text)
  if (open < 2 || text[open - 1] !== ' ') return { id: text }
  return { id: text.slice(open + 1, -1), description: text.slice(0, open - 1) }
}

/** Where the parenthesis opens that the text's last character closes; -1 when it closes none. */
function openingOfLast(text: string): number {
  if (!text.endsWith(')')) return -1
  let depth = 0
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (text[at] === ')') depth += 1
    else if (text[at] === '(') depth -= 1
    if (depth === 0) return at
  }
  return -1
}
