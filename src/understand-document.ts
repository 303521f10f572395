import type { AttackIndex } from './attack/attack-index.js'
import { completeSet } from './complete-set.js'
import { detectParser } from './detect-parser.js'
import type { Report } from './diagnostics/diagnostic.js'
import { isOwnReport } from './emitters/html/is-own-report.js'
import { isOwnGalaxy } from './emitters/misp-galaxy/galaxy-type.js'
import { decodeDocument } from './formats/decode-document.js'
import type { DecodedDocument, DocumentFile } from './formats/decoded.js'
import { forcedContainer } from './forced-container.js'
import { describeFramework } from './frameworks/describe-framework.js'
import { isManifest } from './manifest.js'
import type { ResolvedSet } from './model/mapping-set.js'
import type { Statements } from './parsers/parser.js'
import type { UnderstoodDocument } from './requests.js'

/** How to take a document: the parser that the user names, and what the user states. */
export interface Reading {
  readonly from?: string
  readonly statements?: Statements
  /** All documents that were given: one may belong to another. */
  readonly files?: readonly DocumentFile[]
}

/** One document: decoded, its dialect told, parsed, and completed by what the user states. */
export async function understandDocument(file: DocumentFile, reading: Reading, attack: AttackIndex, report: Report): Promise<UnderstoodDocument> {
  const decoded = await decodeDocument(file, report, forcedContainer(file.name, reading.from))
  const unread = decoded && nameUnread(decoded)
  if (unread !== undefined) {
    report('read/skipped', { message: `${file.path} is ${unread} of Crosswalk and was passed over`, origin: { document: file.name, place: { kind: 'file' } } })
    return { file, rows: 0, sets: [] }
  }
  const detection = decoded && detectParser(decoded, reading.from, report)
  if (!detection) return { file, rows: 0, sets: [] }
  const statements = reading.statements ?? {}
  const companion = async (name: string) => {
    const found = reading.files?.find((other) => other.name === name)
    // What is wrong with it is told where it is read for itself.
    return found && decodeDocument(found, () => undefined)
  }
  const parsed = await detection.parser.parse(decoded, { statements, report, attack, companion })
  const sets = parsed.map((set) => completeSet(set, statements, attack, report))
  reportOtherFrameworks(file, sets, statements, report)
  const rows = sets.reduce((sum, set) => sum + set.mappings.length, 0)
  return { file, parser: detection.parser.id, sniff: detection.sniff, rows, sets }
}

/** What of ours no parser reads, in words: whole folders of artefacts may be given. */
function nameUnread(document: DecodedDocument): string | undefined {
  if (document.container === 'html') return isOwnReport(document) ? 'a report' : undefined
  if (document.container !== 'json') return undefined
  if (isManifest(document.value)) return 'the manifest of a run'
  return isOwnGalaxy(document.value) ? 'a MISP galaxy' : undefined
}

/** A page may hold several frameworks; only where the one that the user names is none of them do the two disagree. */
function reportOtherFrameworks(file: DocumentFile, sets: readonly ResolvedSet[], { framework }: Statements, report: Report): void {
  if (framework === undefined || sets.length === 0) return
  const wanted = describeFramework(framework).id
  if (sets.some((set) => set.framework.id === wanted)) return
  const found = sets.map((set) => `framework ${set.framework.id}`).join(', ')
  report('parse/stated-otherwise', { origin: { document: file.name, place: { kind: 'file' } }, found, expected: `framework ${wanted}` })
}
