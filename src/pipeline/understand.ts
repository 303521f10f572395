import type { AttackIndex } from '../attack/attack-index.js'
import { inferDomain } from '../attack/find-techniques.js'
import type { Report } from '../diagnostics/diagnostic.js'
import { isOwnReport } from '../emitters/html/is-own-report.js'
import { isOwnGalaxy } from '../emitters/misp-galaxy/misp-galaxy.js'
import { decodeDocument } from '../formats/decode-document.js'
import type { DecodedDocument, DocumentFile } from '../formats/decoded.js'
import { describeFramework } from '../frameworks/find-framework.js'
import { type MappingSet, type ResolvedSet, unknownFramework } from '../model/mapping-set.js'
import type { Domain } from '../model/mapping.js'
import type { Origin } from '../model/origin.js'
import { artifactBaseName } from '../model/set-facts.js'
import type { Parser, Sniff, Statements } from '../parsers/parser.js'
import { parsers } from '../parsers/registry.js'
import { isManifest } from './manifest.js'
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

/** What of ours no parser reads, in words: whole folders of artifacts may be given. */
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

/**
 * The container that a document is taken for because the user names its parser: notes may begin with a tag or a brace, or have
 * a comma in every line. Holds for files whose names end as the parser's do, or in nothing that tells; elsewhere the content
 * decides.
 */
function forcedContainer(name: string, from: string | undefined): 'text' | undefined {
  const parser = parsers.find(({ id, onlyWhenNamed }: Parser) => id === from && onlyWhenNamed === true)
  if (!parser?.containers.some((container) => container === 'text')) return undefined
  const extension = /\.([a-z0-9]{1,10})(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase()
  return extension === undefined || parser.extensions.some((own) => own === extension) ? 'text' : undefined
}

/** The parser chosen for a document, and why. */
interface Detection {
  readonly parser: Parser
  readonly sniff: Sniff
}

const notesHint = 'Name the parser with --from. Notes and Markdown are read with --from notes, which is never taken unasked.'

/** The parser that is surest of a document, or the one that the user names; undefined, and reported, when there is none. */
export function detectParser(document: DecodedDocument, from: string | undefined, report: Report): Detection | undefined {
  const candidates = parsers.filter((parser: Parser) => parser.containers.includes(document.container))
  const named: Parser | undefined = candidates.find((parser) => parser.id === from)
  if (named) return { parser: named, sniff: { confidence: 1, reason: 'named by the user' } }

  let best: Detection | undefined
  if (from === undefined) {
    for (const parser of candidates) {
      const sniff = parser.sniff(document)
      if (sniff.confidence > (best?.sniff.confidence ?? 0)) best = { parser, sniff }
    }
  }
  if (!best) {
    report('parse/unknown-format', {
      origin: { document: document.file.name, place: { kind: 'file' } },
      found: `${document.container} that no parser recognises`,
      ...(document.container === 'text' && from === undefined && { hint: notesHint }),
      expected: from === undefined ? `one of ${parsers.map(({ id }: Parser) => id).join(', ')}` : `a document for the parser ${from}`,
    })
  }
  return best
}

/**
 * Adds to a parsed set what its document does not state: first what the user states, then the domain that the technique
 * ids tell. What the document does state stays; where the user says otherwise, that is reported.
 */
export function completeSet(set: MappingSet, statements: Statements, attack: AttackIndex, report: Report): ResolvedSet {
  const origin = firstOrigin(set)
  const choose = <Value extends string>(what: string, stated: Value | undefined, wanted: Value | undefined): Value | undefined => {
    if (stated !== undefined && wanted !== undefined && stated !== wanted) {
      report('parse/stated-otherwise', { ...(origin && { origin }), found: `${what} ${stated}`, expected: `${what} ${wanted}` })
    }
    return stated ?? wanted
  }
  const stated = set.framework.id === unknownFramework ? undefined : set.framework.id
  const frameworkId = stated ?? (statements.framework === undefined ? undefined : describeFramework(statements.framework).id)
  const frameworkVersion = choose('framework version', set.framework.version, statements.frameworkVersion)
  const attackVersion = choose('ATT&CK version', set.attack.version, statements.attackVersion)
  const statedDomain = choose('domain', set.attack.domain, statements.domain)
  const told = statedDomain === undefined ? findDomain(set, attack) : { domain: statedDomain }
  const name = frameworkId === undefined || frameworkId === set.framework.id ? set.framework.name : describeFramework(frameworkId).name
  const completed: ResolvedSet = {
    ...set,
    framework: { id: frameworkId ?? unknownFramework, name, ...(frameworkVersion !== undefined && { version: frameworkVersion }) },
    attack: { domain: told.domain, ...(attackVersion !== undefined && { version: attackVersion }) },
  }
  if ('share' in told) reportDomain(told, origin, reportOn(completed, report))
  return completed
}

/** A domain, and which share of a set's techniques are its. */
interface FoundDomain {
  readonly domain: Domain
  readonly share: number
}

function findDomain(set: MappingSet, attack: AttackIndex): FoundDomain {
  return inferDomain(set.mappings.flatMap((mapping) => (mapping.kind === 'unmapped-capability' ? [] : [mapping.technique.id])), attack)
}

function reportDomain({ domain, share }: FoundDomain, origin: Origin | undefined, report: Report): void {
  report('normalise/domain-inferred', {
    message: share === 0
      ? `No ATT&CK domain is stated, and no technique id tells it; it is taken to be ${domain}`
      : `No ATT&CK domain is stated; ${Math.round(share * 100)} % of the technique ids are ${domain}'s, so it is taken to be ${domain}`,
    ...(origin && { origin: { document: origin.document, place: { kind: 'file' } } }),
  })
}

function firstOrigin(set: MappingSet): Origin | undefined {
  return set.mappings[0]?.origins[0]
}

/** Reports on one set: a page may hold several, and each set's workbook shows its own notes. */
export function reportOn(set: ResolvedSet, report: Report): Report {
  const subject = artifactBaseName(set)
  return (code, details) => report(code, { subject, ...details })
}
