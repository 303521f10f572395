import type { ReportData } from '../report-data.js'

/** The parts of a report's state, in the order in which they are written. All but `view` are absent by default. */
const parts = [
  'q', 'framework', 'against', 'tactic', 'platform', 'type', 'group', 'category', 'score', 'status', 'rows', 'sort', 'colour', 'a', 'b', 'show', 'density', 'subs',
  'theme', 'detail',
] as const

/** The state of a report, as in the fragment of its address: `#mappings?q=phishing&tactic=Execution`. */
export type Address = { readonly view: string } & { readonly [Part in (typeof parts)[number]]?: string }

/** Reads the fragment of an address, with or without `#`. Undefined if it names no view: it may be a plain anchor. Unknown parts are ignored. */
export function readAddress(fragment: string, views: readonly string[]): Address | undefined {
  const [view = '', ...rest] = fragment.replace(/^#/, '').split('?')
  if (!views.includes(view)) return undefined
  const stated = new URLSearchParams(rest.join('?'))
  const found = parts.map((part) => [part, stated.get(part) ?? ''] as const).filter(([, value]) => value !== '')
  return { view, ...Object.fromEntries(found) }
}

/** Writes the fragment, with `#`. */
export function writeAddress(address: Address): string {
  const stated = new URLSearchParams()
  for (const part of parts) {
    const value = address[part] ?? ''
    if (value !== '') stated.set(part, value)
  }
  const text = stated.toString()
  return `#${address.view}${text === '' ? '' : `?${text}`}`
}

const longestName = 80

/** Names an item of a list in addresses: by its text, or by its index (`~12`) if the text is long, ambiguous or looks like an index. */
export function nameItem(names: readonly string[], index: number): string {
  const name = names[index] ?? ''
  const isPlain = name !== '' && name.length <= longestName && !name.startsWith('~') && name.isWellFormed()
  return isPlain && names.indexOf(name) === names.lastIndexOf(name) ? name : `~${index}`
}

/** The index of the item that `nameItem` named; -1 if there is none. */
export function findItem(names: readonly string[], named: string): number {
  const index = /^~(\d{1,9})$/.exec(named)?.[1]
  if (index === undefined) return names.indexOf(named)
  return Number(index) < names.length ? Number(index) : -1
}

/** Something whose details are shown: a technique, a capability or a row, by index. */
export interface Subject {
  readonly kind: 'technique' | 'capability' | 'row'
  readonly index: number
}

/** What parts of the page ask for: another address, or the details of something. */
export interface Actions {
  readonly go: (change: Partial<Address>, how?: 'push' | 'replace') => void
  readonly open: (subject: Subject) => void
}

/** The part `detail` of an address: `technique T1059`, `capability ~3`, `row 12` (counted from 1). */
export function nameSubject(data: ReportData, { kind, index }: Subject): string {
  return kind === 'row' ? `row ${index + 1}` : `${kind} ${nameItem(listIds(data, kind), index)}`
}

/** Reads the part `detail`; undefined if it names nothing in this report. */
export function findSubject(data: ReportData, detail: string): Subject | undefined {
  const space = detail.indexOf(' ')
  const [kind, named] = [detail.slice(0, space), detail.slice(space + 1)]
  if (kind === 'row') {
    const index = /^\d{1,9}$/.test(named) ? Number(named) - 1 : -1
    return index >= 0 && index < data.rows.set.length ? { kind, index } : undefined
  }
  if (kind !== 'technique' && kind !== 'capability') return undefined
  const index = findItem(listIds(data, kind), named)
  return index < 0 ? undefined : { kind, index }
}

function listIds({ techniques, capabilities }: ReportData, kind: 'technique' | 'capability'): readonly string[] {
  return (kind === 'technique' ? techniques : capabilities).map(({ id }) => id)
}
