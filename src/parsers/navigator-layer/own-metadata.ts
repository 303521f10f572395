import { describeFramework } from '../../frameworks/find-framework.js'
import type { About, AttackRelease, FrameworkRelease, Relation } from '../../model/mapping-set.js'
import type { CapabilityRef, Score } from '../../model/mapping.js'
import { readDate, stated } from '../../model/stated.js'
import { scoreCategories, scoreValues } from '../../model/vocabulary.js'
import type { LayerHead } from './layer-content.js'

/** Facts in the metadata of a layer by Crosswalk, as written by src/emitters/navigator/describe-layer.ts. */
export interface OwnFacts {
  readonly framework: FrameworkRelease
  readonly attack: AttackRelease
  readonly about: About
  /** Mapping types by name: a layer does not contain their ids. */
  readonly relations: readonly Relation[]
  /** Mapping type of all rows, if they have the same. */
  readonly onlyRelation?: string
  readonly rowsShown: number
  readonly rowsInAll: number
  /** Counts of omitted content as stated in the layer. */
  readonly leftOut: readonly string[]
}

const maker = 'attack-crosswalk '

/** Whether a layer was made by Crosswalk. */
export function isOwnLayer({ metadata }: LayerHead): boolean {
  const isMadeByUs = metadata.some(([name, value]) => name === 'Made by' && value.startsWith(maker))
  return isMadeByUs && metadata.some(([name]) => name === 'Framework')
}

/** Reads the metadata of a layer by Crosswalk. */
export function readOwnFacts({ metadata, domain, attackVersion }: LayerHead): OwnFacts {
  const facts = new Map(metadata.toReversed())
  const text = (name: string): string | undefined => facts.get(name) || undefined
  const [, frameworkName, frameworkId] = /^(.{1,400}) \(([^()]{1,100})\)$/s.exec(text('Framework') ?? '') ?? []
  const framework = describeFramework(frameworkId ?? text('Framework') ?? '')
  const [, shown = '0', all = '0'] = /^(\d{1,9}) of (\d{1,9})$/.exec(text('Rows shown') ?? '') ?? []
  const shownVersion = text('ATT&CK')
  const types = listTypes(text('Mapping types') ?? '')
  const [only] = types.length === 1 ? types : []
  const date = (name: string): string | undefined => readDate(text(name) ?? '')
  return {
    framework: {
      id: frameworkId ?? framework.id,
      name: frameworkName ?? framework.name,
      ...stated({ version: text('Framework version') }),
    },
    attack: stated({ domain, version: shownVersion === undefined ? attackVersion : readAttackVersion(shownVersion) }),
    about: stated({
      mappingVersion: text('Mapping version'),
      name: text('Author'),
      organization: text('Organization'),
      contact: text('Contact'),
      created: date('Created'),
      modified: date('Modified'),
      versionSchema: text('Version schema'),
    }),
    relations: types.map(({ name }) => ({ id: name, name })),
    ...(only?.rows === Number(shown) && { onlyRelation: only.name }),
    rowsShown: Number(shown),
    rowsInAll: Number(all),
    leftOut: ['Metadata entries not shown', 'Links not shown', 'Comments cut or not shown']
      .flatMap((name) => (facts.has(name) ? [`${name.toLowerCase()}: ${facts.get(name) ?? ''}`] : [])),
  }
}

/** "Enterprise 16.1"; of "Enterprise 16.1 (the documents state 16)" the stated version, undefined for any other note. */
function readAttackVersion(text: string): string | undefined {
  const [, shown, note] = /^\w{1,20} (\S{1,40})(?: \((.{1,100})\))?$/.exec(text) ?? []
  if (note === undefined) return shown
  return /^the documents state (.{1,60})$/.exec(note)?.[1]
}

/** "Win 11, BitLocker (10), Win 11, PDE (6)": names may contain commas, each ends at its count. */
function listTypes(text: string): readonly { readonly name: string; readonly rows: number }[] {
  const entries = text.matchAll(/(?:^|, )(.{1,200}?) \((\d{1,9})\)(?=, |$)/gs)
  return Array.from(entries, ([, name = '', rows]) => ({ name, rows: Number(rows) }))
}

/** Facts about a row in a technique's metadata, as written by src/emitters/navigator/list-metadata.ts. */
export interface OwnRow {
  readonly capability: CapabilityRef
  readonly relation?: string
  readonly group?: string
  readonly score?: Score
}

const categories: ReadonlySet<string> = new Set(scoreCategories)
const values: ReadonlySet<string> = new Set(scoreValues)

/**
 * Reads a row from a metadata entry: `name` is a score ("protect partial") or a mapping type, `value` the capability, possibly
 * after the mapping type and a colon. Undefined if the capability is empty or truncated.
 */
export function readOwnRow(name: string, value: string, group: string | undefined, facts: OwnFacts): OwnRow | undefined {
  const named = readScoreOrRelation(name, facts)
  const prefix = named.score ? facts.relations.find((type) => value.startsWith(`${type.name}: `))?.name : undefined
  const capability = readCapability(prefix === undefined ? value : value.slice(prefix.length + 2))
  const relation = named.relation ?? prefix ?? facts.onlyRelation
  return capability && { capability, ...stated({ relation, group, score: named.score }) }
}

function readScoreOrRelation(name: string, { relations }: OwnFacts): Pick<OwnRow, 'relation' | 'score'> {
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

/** "Information Flow Enforcement (AC-04)": the id is in the last parentheses, and may contain some itself: "… (AC-2 (1))". */
function readCapability(text: string): CapabilityRef | undefined {
  if (text === '' || text === '(blank)' || text.endsWith('…')) return undefined
  const open = openingOfLast(text)
  if (open < 2 || text[open - 1] !== ' ') return { id: text }
  return { id: text.slice(open + 1, -1), description: text.slice(0, open - 1) }
}

/** Index of the parenthesis that the last character of a text closes; -1 if it closes none. */
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
