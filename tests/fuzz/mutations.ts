import { mutateTree, type Pick } from '../support/mutate-document.js'
import { cellsOf, type FuzzDocument, type Unit } from './fuzz-document.js'

/** A document with mistakes. */
export interface Mutated {
  readonly document: FuzzDocument
  /** Whether the mistakes are within rows, so that the others come out as before. */
  readonly contained: boolean
  /** What was done, for people. */
  readonly steps: readonly string[]
}

/** One to three mistakes in rows of a document: deleted, repeated, moved, or with a spoilt value. */
export function mutateUnits(document: FuzzDocument, pick: Pick): Mutated {
  let units = document.units
  const steps: string[] = []
  let contained = true
  for (let times = 1 + pick(3); times > 0 && units.length > 0; times -= 1) {
    const at = pick(units.length)
    const unit = units[at]
    if (!unit) continue
    const other = pick(units.length)
    const action = pick(10)
    if (action === 0) units = units.toSpliced(at, 1)
    else if (action === 1) units = units.toSpliced(other, 0, { ...unit, touched: true })
    else if (action === 2) units = units.toSpliced(at, 1).toSpliced(other, 0, unit)
    else units = units.with(at, { ...unit, value: spoilUnit(document, unit, pick), touched: true })
    // Blank cells of tables and lines of texts take their meaning from those above.
    if (document.kind === 'text' || (document.kind === 'table' && action <= 2)) contained = false
    steps.push(`${['delete', 'repeat', 'move'][action] ?? 'spoil'} row ${unit.id}`)
  }
  return { document: { ...document, units }, contained: contained && isContained(document, units), steps }
}

/** A mistake outside the rows: metadata, titles. */
export function mutateFrame(document: FuzzDocument, pick: Pick): Mutated {
  if (document.kind === 'text') return mutateUnits(document, pick)
  const frame = document.kind === 'tree' ? mutateTree(document.frame, pick) : spoilCells(cellsOf(document.frame), pick)
  return { document: { ...document, frame }, contained: false, steps: ['spoil the frame'] }
}

/** Damages bytes: changed, deleted, inserted, repeated, or cut off. */
export function mutateBytes(bytes: Uint8Array, pick: Pick): Uint8Array {
  let list = Array.from(bytes)
  for (let times = 1 + pick(4); times > 0 && list.length > 0; times -= 1) {
    const at = pick(list.length)
    const length = 1 + pick(40)
    switch (pick(7)) {
      case 0: list = list.with(at, pick(256)); break
      case 1: list = list.toSpliced(at, length); break
      case 2: list = list.toSpliced(pick(list.length), 0, ...list.slice(at, at + length)); break
      case 3: list = list.toSpliced(at, 0, 0xef, 0xbb, 0xbf); break
      case 4: list = list.toSpliced(at, 0, ...[[0], [0xff], [0xc3], [0xed, 0xa0, 0x80], [0x0d], [0x1b], [0x85]][pick(7)] ?? []); break
      case 5: list = list.toSpliced(at, 0, ...new TextEncoder().encode([',', '"', '{', ']', '<', '&', ':', '- ', '\t', '|'][pick(10)])); break
      default: list = list.slice(0, at)
    }
  }
  return Uint8Array.from(list)
}

/** A table's row is its own only if no cell in the columns of the change is blank, before or after: cells below may be read by it. */
function isContained({ kind, units: before }: FuzzDocument, after: readonly Unit[]): boolean {
  if (kind !== 'table') return kind === 'tree'
  if (before.length < 8) return false
  const original = new Map(before.map(({ id, value }) => [id, cellsOf(value)]))
  return after.filter(({ touched }) => touched).every(({ id, value }) => {
    const [old, now] = [original.get(id) ?? [], cellsOf(value)]
    return old.length === now.length && now.every((cell, column) => cell === old[column] || isFull(column))
  })

  function isFull(column: number): boolean {
    return [...before, ...after].every(({ value }) => (cellsOf(value)[column] ?? '').trim() !== '')
  }
}

function spoilUnit({ kind }: FuzzDocument, { value }: Unit, pick: Pick): unknown {
  if (kind === 'table') return spoilCells(cellsOf(value), pick)
  if (kind === 'text') return spoilText(String(value), pick)
  return pick(3) === 0 ? mutateTree(value, pick) : spoilLeaf(value, pick)
}

/** Changes one text or number somewhere in a tree, or the name or order of a member. */
function spoilLeaf(value: unknown, pick: Pick): unknown {
  if (typeof value === 'string') return spoilText(value, pick)
  if (typeof value === 'number') return [String(value), -value, value + 0.5, value * 1e300, null][pick(5)]
  if (typeof value !== 'object' || value === null) return [true, 'x', 'T1078', [], 0][pick(5)]
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value)
  const at = pick(entries.length)
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === at ? spoilLeaf(item, pick) : item))
  switch (pick(12)) {
    case 0: return Object.fromEntries(entries.toReversed())
    case 1: return Object.fromEntries(entries.map(([name, item], index) => [index === at ? spoilName(name, pick) : name, item]))
    case 2: return Object.fromEntries([...entries, [['__proto__', 'constructor', 'toString', '', 'note', 'id'][pick(6)] ?? '', 'T1059']])
    default: return Object.fromEntries(entries.map(([name, item], index) => [name, index === at ? spoilLeaf(item, pick) : item]))
  }
}

function spoilName(name: string, pick: Pick): string {
  return [name.toUpperCase(), name.replaceAll('_', '-'), name.replaceAll('_', ' '), ` ${name}`, `${name}s`, name.slice(0, -1), `${name}.1`][pick(7)] ?? name
}

function spoilCells(cells: readonly string[], pick: Pick): readonly string[] {
  if (cells.length === 0) return ['T1078']
  const at = pick(cells.length)
  const other = pick(cells.length)
  switch (pick(14)) {
    case 0: return cells.toSpliced(at, 1)
    case 1: return cells.toSpliced(at, 0, '')
    case 2: return cells.with(at, cells[other] ?? '').with(other, cells[at] ?? '')
    case 3: return cells.slice(0, at)
    case 4: return [...cells, 'T1078', '']
    case 5: return cells.map(() => '')
    default: return cells.with(at, spoilText(cells[at] ?? '', pick))
  }
}

const texts = [
  '', ' ', '-', 'n/a', 'none', '?', '[]', '{}', 'null', 'T1078', 'T1059.001', 'T1078; T1190', 'T1078, T1190 and T1059', 'T1078-T1080', 'T99999', 'T1078.999', 'TA0001',
  'M1036', 'S0002', 'AC-2', 'AC-2(1)', 'AC-2, AC-3', 'Valid Accounts', 'Valid Accounts (T1078)', 'Not applicable', 'non_mappable', '=1+1', "'T1078", '"', '""', "'", '\u0000',
  '\u{1F600}', '\u{D800}', '\u{202E}T1078', '1E5', '2024-01-01', '01/02/2024', '0', '1,000', 'TRUE', '<b>T1078</b>', '&amp;', 'https://attack.mitre.org/techniques/T1078/',
  'https://attack.mitre.org/techniques/T1059/001', '__proto__', 'a\nb', 'a\r\nb', 'a;b', 'a|b', 'a,b', '#', '# T1078', '---', '- T1078', 'x'.repeat(3000), 'T1078 '.repeat(30),
]

/** Another text, or the same with a slip: case, white space, Unicode form, separators, quotes, ids in other styles, a part cut out. */
function spoilText(text: string, pick: Pick): string {
  const at = pick(text.length)
  const to = at + pick(8)
  const changes: readonly (() => string)[] = [
    () => texts[pick(texts.length)] ?? '',
    () => texts[pick(texts.length)] ?? '',
    () => text.toLowerCase(),
    () => text.toUpperCase(),
    () => ` ${text}\u{A0}`,
    () => text.replaceAll(' ', '  '),
    () => text.replaceAll(' ', '\u{2003}'),
    () => text.normalize('NFD'),
    () => text.replace('T', '\u{422}'),
    () => text.replace('-', '\u{2011}'),
    () => text.slice(0, at) + text.slice(to),
    () => text.slice(0, at),
    () => `${text.slice(0, at)}\u{200B}${text.slice(at)}`,
    () => `${text.slice(0, at)}${[' ', '\n', '\t', ';', ',', '"', "'", '|', '/', '(', ')', ':', '<', '&', '\u{FEFF}', '\u{D83D}'][pick(16)] ?? ''}${text.slice(at)}`,
    () => `${text}${[';', ',', '\n', ' / ', ' and ', '|'][pick(6)] ?? ''}${texts[pick(texts.length)] ?? ''}`,
    () => text.replace(/T(\d{4})\.(\d{3})/, ['T$1/$2', 'T$1.$2.', 't$1.$2', 'T$1', 'T$1 .$2', 'T$1_$2', '($1.$2)'][pick(7)] ?? ''),
    () => text.replace(/T(\d{4})/, ['T-$1', 'T $1', 't$1', '$1', 'T$1a', 'T0$1', 'TT$1', '[T$1]'][pick(8)] ?? ''),
    () => text + text,
    () => `"${text}"`,
    () => text.replaceAll(/[;,]/g, ['|', '/', '\n', ' '][pick(4)] ?? ''),
  ]
  return (changes[pick(changes.length)] ?? (() => text))()
}
