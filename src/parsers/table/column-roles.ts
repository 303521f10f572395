import { stated } from '../../model/stated.js'
import { foldName } from '../../model/text.js'
import { type ColumnRole, columnTitles } from './column-titles.js'

/** The role of a column title. */
export interface TitleMeaning {
  readonly role: ColumnRole
  readonly strong: boolean
  readonly otherwise?: ColumnRole
  /** The title without its number: "Technique 1" and "Technique 2" have the same. */
  readonly base: string
  /** The number in the title, if the title is known only without it. */
  readonly number?: number
}

type KnownTitle = Omit<TitleMeaning, 'base' | 'number'>

let knownTitles: ReadonlyMap<string, KnownTitle> | undefined

/** The known titles, folded. Made on first use: every command loads this file, and few read a table. */
function byTitle(): ReadonlyMap<string, KnownTitle> {
  knownTitles ??= new Map<string, KnownTitle>(columnTitles.flatMap(({ role, strong, weak = '', otherwise }) => [
    ...strong.split(' ').map((title) => [title, { role, strong: true }] as const),
    ...(weak === '' ? [] : weak.split(' ')).map((title) => [title, { role, strong: false, ...stated({ otherwise }) }] as const),
  ]))
  return knownTitles
}

/** Tests whether a title is one of these, however it is spelt. The titles are folded on first use. */
export function createTitleTest(titles: readonly string[]): (title: string) => boolean {
  let folded: ReadonlySet<string> | undefined
  return (title) => {
    folded ??= new Set(titles.map(foldTitle))
    return folded.has(foldTitle(title))
  }
}

/**
 * A title reduced to lower-case letters and digits for comparison, with "ATT&CK" as "attack" and without a leading "MITRE":
 * "MITRE ATT&CK ID(s)" is "attackids".
 */
export function foldTitle(title: string): string {
  return foldName(title.slice(0, 200).toLowerCase().replaceAll('att&ck', 'attack')).replace(/^mitre/, '')
}

/** Roles that several columns of a table may have together. */
export const repeatable: ReadonlySet<ColumnRole> = new Set([
  'capability', 'name', 'technique', 'subtechnique', 'techniqueName', 'relation', 'category', 'value', 'comments', 'references',
])

/** Words and numbers that distinguish columns of one kind: "Technique 2", "Technique ID (secondary)", "2nd Technique". */
const ordinals = ['primary', 'secondary', 'tertiary', 'first', 'second', 'third', 'fourth', 'fifth', 'other', 'additional', 'further']

/** The role of a column with this title; undefined for unknown titles. */
export function meaningOf(title: string): TitleMeaning | undefined {
  const folded = foldTitle(title)
  const exact = byTitle().get(folded)
  if (exact) return { ...exact, base: baseOf(folded) }
  const { base, number } = withoutNumber(folded)
  const meaning = base === folded ? undefined : byTitle().get(base)
  return meaning && repeatable.has(meaning.role) ? { ...meaning, base: baseOf(base), ...stated({ number }) } : undefined
}

/** Columns of techniques of the three domains belong together ("ATT&CK Mobile ID", "ATT&CK ICS ID"), and singular and plural. */
function baseOf(folded: string): string {
  if (/^(?:attack(?:enterprise|mobile|ics)id|(?:enterprise|mobile|ics)(?:attack)?id)$/.test(folded)) return 'attackid'
  return folded.endsWith('s') ? folded.slice(0, -1) : folded
}

function withoutNumber(folded: string): { readonly base: string; readonly number?: number } {
  const end = /^(.*?\D)(\d{1,2})$/.exec(folded)
  if (end) return { base: end[1] ?? '', number: Number(end[2]) }
  const start = /^(\d{1,2})(?:st|nd|rd|th)(.+)$/.exec(folded)
  if (start) return { base: start[2] ?? '', number: Number(start[1]) }
  const word = ordinals.find((one) => folded.startsWith(one) || folded.endsWith(one))
  if (word === undefined) return { base: folded }
  return { base: folded.startsWith(word) ? folded.slice(word.length) : folded.slice(0, -word.length) }
}

/** The role that a user names in `--columns`: by any of its titles ("technique", "attack_object_id") or its own name. */
export function roleNamed(name: string): ColumnRole | undefined {
  return byTitle().get(foldTitle(name))?.role ?? columnTitles.find(({ role }) => role === name)?.role
}

/** The name of the field of a role, as `--columns` takes it. */
export function fieldOfRole(role: ColumnRole): string {
  return columnTitles.find((titles) => titles.role === role)?.field ?? role
}
