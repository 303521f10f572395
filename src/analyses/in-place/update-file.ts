import type { AttackIndex, AttackReleaseView } from '../../attack/attack-index.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import { decodeDocument } from '../../formats/decode-document.js'
import { type DocumentFile, textOf } from '../../formats/decoded.js'
import { type Limits, usualLimits } from '../../formats/limits.js'
import { positionFinder } from '../../formats/places.js'
import { rewriteZip } from '../../formats/workbook/rewrite-zip.js'
import { surveyZip } from '../../formats/workbook/survey-zip.js'
import type { Domain } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import { addToList } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import { type Edit, type Finding, findReferences, isVersionKey } from './beside-ids.js'
import { type EditPlan, planEdits } from './plan-edits.js'
import { createIdResolver, type IdResolver } from './resolve-ids.js'
import { csvSlots, jsonSlots, type Slot, type SlottedDocument, yamlSlots } from './text-slots.js'
import { type CellSlot, sharedPart, type SlottedWorkbook, workbookSlots } from './workbook-slots.js'

/** The target of an update in place, and what the user states. */
export interface InPlaceOptions {
  readonly to: string
  /** For documents that state none. */
  readonly version?: string
  readonly domain?: Domain
  /** The user's choices: successors by id. */
  readonly choices: ReadonlyMap<string, string>
  /** Also replaces ids in sentences. */
  readonly withProse: boolean
  readonly limits?: Limits
}

/** Something in a file, and its place. */
type Placed<Item> = Omit<Item, 'slot'> & { readonly place: Place }

/** What an update in place does to a file. */
export interface UpdatedFile {
  readonly file: DocumentFile
  /** The new content; undefined if nothing changes. */
  readonly bytes?: Uint8Array
  readonly source: AttackReleaseView | undefined
  readonly sourceBy: IdResolver['sourceBy']
  readonly target: AttackReleaseView
  readonly edits: readonly Placed<Pick<Edit, 'slot' | 'what' | 'before' | 'after'>>[]
  readonly findings: readonly Placed<Finding>[]
}

/**
 * Replaces technique ids, the names beside them, their tactics and the stated release in a file; all else stays byte for byte. Undefined,
 * and reported, if the file is of no kind that can be updated in place (`upgrade/not-in-place`), or cannot be read (`read/…`).
 */
export async function updateFile(
  file: DocumentFile, attack: AttackIndex, options: InPlaceOptions, report: Report,
): Promise<UpdatedFile | undefined> {
  const refuse = (found: string): undefined => {
    report('upgrade/not-in-place', { origin: { document: file.name, place: { kind: 'file' } }, found })
    return undefined
  }
  if (file.bytes[0] === 0x1f && file.bytes[1] === 0x8b) return refuse('a gzip file')
  const document = await decodeDocument(file, report, undefined, { limits: options.limits })
  if (!document) return undefined
  if (document.container === 'workbook') return updateWorkbook(file, attack, options, report, refuse)
  const text = decodeUtf8(file.bytes)
  if (text === undefined) return refuse('a text that is not UTF-8')
  if (document.container === 'json' && textOf(document.value, 'type') === 'bundle') return refuse('a STIX bundle')
  const slotted = document.container === 'json' ? jsonSlots(text) : document.container === 'yaml' ? await yamlSlots(text)
    : document.container === 'csv' ? csvSlots(text) : undefined
  if (!slotted) return refuse(`a ${document.container} document`)
  const stated = document.container === 'json' ? readDomain(textOf(document.value, 'domain') ?? '') : undefined
  const planned = planFile(slotted, attack, { ...options, ...(stated && { domain: stated }) })
  if (!planned) return refuseRelease(options, report, file)
  const { plan, resolver } = planned
  const position = positionFinder(text)
  const placeOf = ({ at }: Slot): Place => ({ kind: 'text', ...position(at) })
  const updated = applyEdits(text, plan.edits.map(({ slot, start, end, text: now }) => ({ start: slot.at + start, end: slot.at + end, text: now })))
  return { ...describe(file, resolver, plan, placeOf), ...(updated !== text && { bytes: new TextEncoder().encode(updated) }) }
}

async function updateWorkbook(
  file: DocumentFile, attack: AttackIndex, options: InPlaceOptions, report: Report, refuse: (found: string) => undefined,
): Promise<UpdatedFile | undefined> {
  const entries = surveyZip(file.bytes, usualLimits.members)
  const book = entries && await workbookSlots(file.bytes, entries)
  if (!book) return refuse('a workbook that is not .xlsx or .xlsm')
  const planned = planFile(book, attack, options)
  if (!planned) return refuseRelease(options, report, file)
  const { resolver, plan: { edits, findings } } = planned
  const { parts, refused } = editWorkbook(book, edits)
  const cells = new Map<Slot, CellSlot>(book.slots.map((cell) => [cell, cell]))
  const placeOf = (slot: Slot): Place => {
    const cell = cells.get(slot)
    return cell ? { kind: 'cell', sheet: cell.sheet, cell: cell.cell } : { kind: 'file' }
  }
  const inFormulas = book.formulas.flatMap(({ id, sheet, cell }): readonly Placed<Finding>[] => {
    const outcome = resolver.resolve(id)
    const suggestions = outcome.kind === 'replaced' ? [{ id: outcome.id }] : []
    return outcome.kind === 'same' ? [] : [{ kind: 'mentioned', subject: id, why: 'in a formula', suggestions, place: { kind: 'cell', sheet, cell } }]
  })
  const kept = edits.filter((edit) => !refused.includes(edit))
  const inRuns = refused.map(({ slot, before, after }): Finding =>
    ({ slot, kind: 'mentioned', subject: before, why: 'its letters have different formats', suggestions: [{ id: after }] }))
  const described = describe(file, resolver, { edits: kept, findings: [...findings, ...inRuns] }, placeOf)
  const result = { ...described, findings: [...described.findings, ...inFormulas] }
  if (parts.size === 0) return result
  const bytes = await rewriteZip(file.bytes, new Map(Array.from(parts, ([name, text]) => [name, new TextEncoder().encode(text)])))
  return bytes ? { ...result, bytes } : refuse('a workbook that is damaged, encrypted or larger than 4 GB')
}

/** The text with its byte order mark; undefined if it is not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function refuseRelease({ to }: InPlaceOptions, report: Report, file: DocumentFile): undefined {
  report('upgrade/unknown-release', { found: to, origin: { document: file.name, place: { kind: 'file' } } })
  return undefined
}

interface Planned {
  readonly plan: EditPlan
  readonly resolver: IdResolver
}

/** Plans the update of a document by what it states: its release, its domain. */
function planFile(slotted: SlottedDocument, attack: AttackIndex, options: InPlaceOptions): Planned | undefined {
  const { to, choices, domain, version, withProse } = options
  const ids = new Set(slotted.slots.flatMap(({ raw }) => findReferences(raw).map(({ id }) => id)))
  const tactics = new Set(slotted.slots.flatMap(({ raw, key }) => (raw.length < 60 && /tactic|phase|\btags?\b/i.test(key) ? [raw] : [])))
  const own = slotted.slots.find(({ key, isKey }) => !isKey && isVersionKey(key))?.value ?? version
  const resolver = createIdResolver(attack, {
    to, ids, tactics, choices, ...(domain && { domain }), ...(own !== undefined && { version: own }),
  })
  return resolver && { plan: planEdits(slotted, resolver, withProse), resolver }
}

function describe(
  file: DocumentFile, { source, sourceBy, target }: IdResolver, { edits, findings }: EditPlan, placeOf: (slot: Slot) => Place,
): UpdatedFile {
  return {
    file, source, sourceBy, target,
    edits: edits.map(({ slot, what, before, after }) => ({ what, before, after, place: placeOf(slot) })),
    findings: findings.map(({ slot, ...finding }) => ({ ...finding, place: placeOf(slot) })),
  }
}

/** A replacement in a part of a workbook. */
interface PartEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The parts of a workbook that change. `refused`: edits that span runs of rich text, whose formatting they would lose. */
interface EditedWorkbook {
  readonly parts: ReadonlyMap<string, string>
  readonly refused: readonly Edit[]
}

/**
 * Applies edits to cells. A shared text is changed where all its cells change alike; otherwise each cell that changes gets a text of its
 * own, and the others keep theirs. Styles, formulas and all else in the parts stay.
 */
function editWorkbook(book: SlottedWorkbook, edits: readonly Edit[]): EditedWorkbook {
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
function applyEdits(text: string, edits: readonly PartEdit[]): string {
  const pieces: string[] = []
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    pieces.push(text.slice(at, edit.start), edit.text)
    at = edit.end
  }
  return [...pieces, text.slice(at)].join('')
}
