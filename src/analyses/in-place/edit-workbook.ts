import { addToList } from '../../model/stated.js'
import type { Edit } from './beside-ids.js'
import type { Slot } from './text-slots.js'
import { type CellSlot, sharedPart, type SlottedWorkbook } from './workbook-slots.js'

/** A replacement in a part of a workbook. */
interface PartEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The parts of a workbook that change. `refused`: edits that span runs of rich text, whose formatting they would lose. */
export interface EditedWorkbook {
  readonly parts: ReadonlyMap<string, string>
  readonly refused: readonly Edit[]
}

/**
 * Applies edits to cells. A shared text is changed where all its cells change alike; otherwise each cell that changes gets a text of its
 * own, and the others keep theirs. Styles, formulas and all else in the parts stay.
 */
export function editWorkbook(book: SlottedWorkbook, edits: readonly Edit[]): EditedWorkbook {
  const byCell = new Map<CellSlot, Edit[]>()
  const cells = new Map<Slot, CellSlot>(book.slots.map((cell) => [cell, cell]))
  const refused: Edit[] = []
  for (const edit of edits) {
    const cell = cells.get(edit.slot)
    if (!cell) continue
    if (locate(cell, edit)) addToList(byCell, cell, edit)
    else refused.push(edit)
  }
  const partEdits = new Map<string, PartEdit[]>()
  const add = (part: string, edit: PartEdit): void => addToList(partEdits, part, edit)

  const users = countUsers(book.slots)
  const groups = new Map<number, CellSlot[]>()
  for (const [cell, own] of byCell) {
    if (cell.shared === undefined) for (const edit of own) add(cell.part, { ...(locate(cell, edit) ?? cell.text), text: edit.text })
    else addToList(groups, cell.shared, cell)
  }
  for (const [shared, changed] of groups) {
    const [first] = changed
    const written = new Set(changed.map((cell) => JSON.stringify((byCell.get(cell) ?? []).map(({ start, end, text }) => [start, end, text]))))
    if (first && written.size === 1 && changed.length === users.get(shared)) {
      for (const edit of byCell.get(first) ?? []) add(sharedPart, { ...(locate(first, edit) ?? first.text), text: edit.text })
      continue
    }
    for (const cell of changed) for (const edit of ownText(book, cell, byCell.get(cell) ?? [])) add(cell.part, edit)
  }
  return { parts: new Map(Array.from(partEdits, ([part, list]) => [part, applyEdits(book.parts.get(part) ?? '', list)])), refused }
}

function countUsers(slots: readonly CellSlot[]): ReadonlyMap<number, number> {
  const users = new Map<number, number>()
  for (const { shared } of slots) if (shared !== undefined) users.set(shared, (users.get(shared) ?? 0) + 1)
  return users
}

/** Where an edit is in the part; undefined if it spans several runs. */
function locate({ text: { runs } }: CellSlot, { start, end }: Pick<Edit, 'start' | 'end'>): { readonly start: number; readonly end: number } | undefined {
  let before = 0
  for (const run of runs) {
    const length = run.end - run.start
    if (start >= before && end <= before + length) return { start: run.start + start - before, end: run.start + end - before }
    before += length
  }
  return undefined
}

/** The edits of a sheet that give a cell a text of its own in place of a shared one. */
function ownText(book: SlottedWorkbook, cell: CellSlot, edits: readonly Edit[]): readonly PartEdit[] {
  const { reference, text, part } = cell
  if (!reference) return []
  const strings = book.parts.get(sharedPart) ?? ''
  const inside = edits.flatMap((edit) => {
    const span = locate(cell, edit)
    return span ? [{ start: span.start - text.start, end: span.end - text.start, text: edit.text }] : []
  })
  const content = applyEdits(strings.slice(text.start, text.end), inside)
  const sheet = book.parts.get(part) ?? ''
  const { type, value } = reference
  const open = sheet.lastIndexOf('<', value.start - 1)
  const close = sheet.indexOf('>', value.end) + 1
  const [, prefix = ''] = /^<(\w{1,9}:)?v/.exec(sheet.slice(open, value.start)) ?? []
  return [
    { ...type, text: 'inlineStr' },
    { start: open, end: close, text: `<${prefix}is>${content}</${prefix}is>` },
  ]
}

/** A text with edits applied, which must not overlap; all else stays. */
export function applyEdits(text: string, edits: readonly PartEdit[]): string {
  const pieces: string[] = []
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    pieces.push(text.slice(at, edit.start), edit.text)
    at = edit.end
  }
  return [...pieces, text.slice(at)].join('')
}
