import type { AttackIndex, AttackReleaseView } from '../../attack/attack-index.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import { decodeDocument } from '../../formats/decode-document.js'
import { type DocumentFile, textOf } from '../../formats/decoded.js'
import { positionFinder } from '../../formats/places.js'
import { rewriteZip } from '../../formats/workbook/rewrite-zip.js'
import { memberLimit, surveyZip } from '../../formats/workbook/survey-zip.js'
import type { Domain } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import { readDomain } from '../../model/vocabulary.js'
import { applyEdits, editWorkbook } from './edit-workbook.js'
import { findReferences } from './find-references.js'
import { type Edit, type Finding, isVersionKey } from './beside-ids.js'
import { type EditPlan, planEdits } from './plan-edits.js'
import { createIdResolver, type IdResolver } from './resolve-ids.js'
import { csvSlots, jsonSlots, type Slot, type SlottedDocument, yamlSlots } from './text-slots.js'
import { type CellSlot, workbookSlots } from './workbook-slots.js'

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
  const document = await decodeDocument(file, report)
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
  const entries = surveyZip(file.bytes, memberLimit)
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
