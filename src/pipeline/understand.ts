import type { AttackIndex } from '../attack/attack-index.js'
import { countNoun } from '../diagnostics/counts-in-words.js'
import type { Report } from '../diagnostics/diagnostic.js'
import { writtenKinds } from '../emitters/registry.js'
import { decodeDocument, type DecodingMeans } from '../formats/decode-document.js'
import type { DecodedDocument, DocumentFile } from '../formats/decoded.js'
import { type Excess, findExcess, type Limits, reportExcess, usualLimits } from '../formats/limits.js'
import { describeFramework } from '../frameworks/find-framework.js'
import { artifactBaseName, createMappingSet, type MappingSet, type ResolvedSet, unknownFramework } from '../model/mapping-set.js'
import type { Domain, Mapping } from '../model/mapping.js'
import type { Origin } from '../model/origin.js'
import type { ColumnReading, ParseContext, Parser, Sniff, Statements } from '../parsers/parser.js'
import { parsers } from '../parsers/registry.js'
import { openAccount } from './accounting.js'
import { type DomainPart, leaveOutOtherMatrices, splitByDomain } from './domains.js'
import { isManifest } from './manifest.js'
import type { Companions, UnderstoodDocument } from './requests.js'

/** How to read a document: the parser that the user names, and what the user states. */
export interface Reading {
  readonly from?: string
  readonly statements?: Statements
  /** The documents that the run reads with it: one may belong to another. */
  readonly companions?: Companions
  /** Lets a document refer to objects of the others. */
  readonly others?: (own: DocumentFile) => ParseContext['others']
  /** How workbooks are read that the core cannot read, and the limits of documents. */
  readonly means?: DecodingMeans
  readonly check?: ParseContext['check']
}

/** Decodes a document, detects its parser, parses it, and completes its sets with what the user states. */
export async function understandDocument(file: DocumentFile, reading: Reading, attack: AttackIndex, report: Report): Promise<UnderstoodDocument> {
  const decoded = await decodeDocument(file, report, forcedContainer(file.name, reading.from), reading.means)
  return decoded ? understandDecoded(decoded, reading, attack, report) : { file, rows: 0, sets: [] }
}

/** As `understandDocument`, for a document that is decoded already. */
export async function understandDecoded(decoded: DecodedDocument, reading: Reading, attack: AttackIndex, report: Report): Promise<UnderstoodDocument> {
  const { file } = decoded
  const unread = nameUnread(decoded)
  if (unread !== undefined) {
    report('read/skipped', {
      message: `${file.path} is ${unread} written by Crosswalk and was skipped`,
      origin: { document: file.name, place: { kind: 'file' } },
    })
    return { file, rows: 0, sets: [] }
  }
  const detection = detectParser(decoded, reading.from, report, reading.statements)
  if (!detection) return { file, rows: 0, sets: [] }
  const statements = reading.statements ?? {}
  const others = reading.others?.(file)
  const limits = reading.means?.limits ?? usualLimits
  const columns: ColumnReading[] = []
  const account = openAccount(file.name, report)
  const parsed = await detection.parser.parse(decoded, {
    statements, report: account.report, seen: account.seen, attack, limits,
    ...(others && { others }), ...(reading.check && { check: reading.check }),
    explain: (read) => columns.push(...read),
    hasCompanion: async (name) => reading.companions?.has(name) ?? false,
    // Its own problems are reported when it is read as a document of the run.
    companion: async (name) => {
      const found = await reading.companions?.find(name)
      return found && decodeDocument(found, () => undefined, undefined, reading.means)
    },
  })
  const excess = measureSets(parsed, limits)
  if (excess) {
    reportExcess(excess, file, limits, report)
    return { file, parser: detection.parser.id, sniff: detection.sniff, rows: 0, sets: [] }
  }
  account.check(parsed)
  const sets = parsed.map((set) => leaveOutBlankIds(set, file, report)).flatMap((set) => completeSet(set, statements, attack, report))
  reportOtherFrameworks(file, sets, statements, report)
  const rows = sets.reduce((sum, set) => sum + set.mappings.length, 0)
  return { file, parser: detection.parser.id, sniff: detection.sniff, rows, sets, ...(columns.length > 0 && { columns }) }
}

/**
 * A set without groups and mapping types whose id is blank, and rows without them: a cell of our own workbook may be cleared by hand, and
 * no format can write a blank id. The rows stay. Reports them, counted.
 */
function leaveOutBlankIds(set: MappingSet, file: DocumentFile, report: Report): MappingSet {
  const groups = new Set([...set.groups.keys()].filter(isBlank))
  const relations = new Set([...set.relations.keys()].filter(isBlank))
  const listed = [...set.capabilities.values()].some((capability) => capability.groups.some(isBlank))
  if (groups.size === 0 && relations.size === 0 && !listed) return set
  const rows = set.mappings.filter(hasBlankId)
  const what = [...(groups.size > 0 || listed ? ['group'] : []), ...(relations.size > 0 ? ['mapping type'] : [])].join(' and ')
  const lost = [...groups].flatMap((id) => set.groups.get(id)?.name.trim() || [])
  report('parse/blank-id', {
    origin: rows[0]?.origins[0] ?? { document: file.name, place: { kind: 'file' } },
    found: `a ${what} with a blank id${lost.length > 0 ? ` (${lost.join(', ')})` : ''}, in ${countNoun(rows.length, 'row')}`,
    expected: `an id; the ${rows.length === 0 ? 'entry was' : 'rows were'} read without it`,
  })
  const mappings = set.mappings.map((row): Mapping => {
    if (!hasBlankId(row)) return row
    const { group, relation, ...rest } = row
    return { ...rest, ...(group !== undefined && !isBlank(group) && { group }), ...(relation !== undefined && !isBlank(relation) && { relation }) }
  })
  const capabilities = Array.from(set.capabilities.values(), (one) => ({ ...one, groups: one.groups.filter((id) => !isBlank(id)) }))
  return createMappingSet({
    ...set, mappings, capabilities,
    groups: [...set.groups.values()].filter(({ id }) => !groups.has(id)),
    relations: [...set.relations.values()].filter(({ id }) => !relations.has(id)),
  })
}

function hasBlankId({ group, relation }: Mapping): boolean {
  return (group !== undefined && isBlank(group)) || (relation !== undefined && isBlank(relation))
}

function isBlank(id: string): boolean {
  return id.trim() === ''
}

/** The limit that the sets of a document exceed, if any, before they are completed, merged and written. */
function measureSets(sets: readonly MappingSet[], limits: Limits): Excess | undefined {
  const mappings = sets.reduce((sum, set) => sum + set.mappings.length, 0)
  const frameworks = new Set(sets.map(({ framework }) => framework.id)).size
  return findExcess({ mappings, sets: sets.length, frameworks }, limits)
}

/** Names an artifact that no parser reads ("a report"): inputs may be whole folders of artifacts. */
export function nameUnread(document: DecodedDocument): string | undefined {
  // None of them is plain text or a table.
  if (document.container === 'text' || document.container === 'csv' || document.container === 'workbook') return undefined
  if (document.container === 'json' && isManifest(document.value)) return 'a manifest'
  return writtenKinds.find((kind) => kind.unread !== undefined && kind.recognise(document))?.unread
}

/** Reports that the user names a framework which is none of the document's: a page may contain several. */
function reportOtherFrameworks(file: DocumentFile, sets: readonly ResolvedSet[], { framework }: Statements, report: Report): void {
  if (framework === undefined || sets.length === 0) return
  const wanted = describeFramework(framework).id
  if (sets.some((set) => set.framework.id === wanted)) return
  const found = [...new Set(sets.map((set) => `framework ${set.framework.id}`))].join(', ')
  report('parse/stated-otherwise', { origin: { document: file.name, place: { kind: 'file' } }, found, expected: `framework ${wanted}` })
}

/**
 * Text, if the user names a parser of notes, which may begin with a tag or a brace, or have a comma in every line: for files without an
 * extension, or with one of the parser's. A table, if the user names a parser of tables. Undefined if the container is to be detected.
 */
export function forcedContainer(name: string, from: string | undefined): 'text' | 'table' | undefined {
  if (parsers.some(({ id, containers }: Parser) => id === from && containers[0] === 'csv')) return 'table'
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

const recordsHint = 'Name the parser with --from. Lists of records that name no technique ids, or that nest, are only read with --from table.'

const hints: Readonly<Partial<Record<DecodedDocument['container'], string>>> = {
  text: 'Name the parser with --from. Notes and Markdown are only read with --from notes.',
  json: recordsHint,
  yaml: recordsHint,
}

/** The parser with the highest confidence, or the one that the user names; undefined, and reported, if there is none. */
export function detectParser(
  document: DecodedDocument, from: string | undefined, report: Report, statements: Statements = {},
): Detection | undefined {
  const candidates = parsers.filter((parser: Parser) => parser.containers.includes(document.container))
  const named: Parser | undefined = candidates.find((parser) => parser.id === from)
  if (named) return { parser: named, sniff: { confidence: 1, reason: 'named by the user' } }

  let best: Detection | undefined
  if (from === undefined) {
    for (const parser of candidates.filter(({ onlyWhenNamed }) => onlyWhenNamed !== true)) {
      const sniff = parser.sniff(document, statements)
      if (sniff.confidence > (best?.sniff.confidence ?? 0)) best = { parser, sniff }
    }
  }
  if (!best) {
    report('parse/unknown-format', {
      origin: { document: document.file.name, place: { kind: 'file' } },
      found: `${document.container} that no parser recognises`,
      ...(from === undefined && hints[document.container] !== undefined && { hint: hints[document.container] }),
      expected: from === undefined ? `one of ${parsers.map(({ id }: Parser) => id).join(', ')}` : `a document for the parser ${from}`,
    })
  }
  return best
}

/**
 * Adds to a parsed set what its document does not state: what the user states, then the domain, by the technique ids. A set whose ids are
 * of several domains becomes one for each. Values of the document are kept; contradictions with the user's are reported.
 */
export function completeSet(parsed: MappingSet, statements: Statements, attack: AttackIndex, report: Report): readonly ResolvedSet[] {
  const set = leaveOutOtherMatrices(parsed, (parsed.attack.domain ?? statements.domain) !== undefined, report)
  const origin = firstOrigin(parsed)
  const choose = <Value extends string>(what: string, stated: Value | undefined, wanted: Value | undefined): Value | undefined => {
    if (stated !== undefined && wanted !== undefined && stated !== wanted) {
      report('parse/stated-otherwise', { ...(origin && { origin }), found: `${what} ${stated}`, expected: `${what} ${wanted}` })
    }
    return stated ?? wanted
  }
  const stated = set.framework.id === unknownFramework.id ? undefined : set.framework.id
  const frameworkId = stated ?? (statements.framework === undefined ? undefined : describeFramework(statements.framework).id)
  const frameworkVersion = choose('framework version', set.framework.version, statements.frameworkVersion)
  const attackVersion = choose('ATT&CK version', set.attack.version, statements.attackVersion)
  const statedDomain = choose('domain', set.attack.domain, statements.domain)
  const name = frameworkId === undefined || frameworkId === set.framework.id ? set.framework.name : describeFramework(frameworkId).name
  const framework = { id: frameworkId ?? unknownFramework.id, name, ...(frameworkVersion !== undefined && { version: frameworkVersion }) }
  const complete = (part: MappingSet, domain: Domain): ResolvedSet =>
    ({ ...part, framework, attack: { domain, ...(attackVersion !== undefined && { version: attackVersion }) } })

  if (statedDomain !== undefined) return [complete(set, statedDomain)]
  return splitByDomain(set, attack).map((part) => {
    const completed = complete(part.set, part.domain)
    // A list of capabilities is of no domain.
    if (parsed.mappings.length > 0 && set.mappings.length > 0) reportDomain(part, firstOrigin(part.set), reportOn(completed, report))
    return completed
  })
}

function reportDomain({ domain, share, set, isSplit, shared }: DomainPart, origin: Origin | undefined, report: Report): void {
  const inferred = share === 0
    ? `No ATT&CK domain is stated, and the technique ids do not indicate one; ${domain} is assumed`
    : `No ATT&CK domain is stated; ${Math.round(share * 100)} % of the technique ids are in ${domain}, which is assumed`
  const some = `${shared.slice(0, MOST_NAMED).join(', ')}${shared.length > MOST_NAMED ? ', …' : ''}`
  const also = shared.length === 0 ? '' : `. In other domains too, and taken as of ${domain}: ${some}`
  report('normalise/domain-inferred', {
    message: (isSplit
      ? `No ATT&CK domain is stated, and the technique ids are of several; ${countNoun(set.mappings.length, 'row')} of ${domain} became a set`
      : inferred) + also,
    ...(origin && { origin: { document: origin.document, place: { kind: 'file' } } }),
  })
}

/** Ids that a message names. */
const MOST_NAMED = 5

function firstOrigin(set: MappingSet): Origin | undefined {
  return set.mappings[0]?.origins[0]
}

/** Reports with the set as subject: a page may contain several sets, and each set's workbook shows its own diagnostics. */
export function reportOn(set: ResolvedSet, report: Report): Report {
  const subject = artifactBaseName(set)
  return (code, details) => report(code, { subject, ...details })
}
