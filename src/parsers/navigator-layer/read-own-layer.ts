import type { CapabilityRef, Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { FileReader } from '../reading/file-reader.js'
import type { LayerDraft, LayerEntry, LayerHead } from './layer-content.js'
import { type OwnFacts, type OwnRow, readOwnFacts, readOwnRow } from './own-metadata.js'

/** The summary of its rows that one of our layers holds. docs/navigator.md tells what comes back and what does not. */
export function readOwnLayer(head: LayerHead, entries: readonly LayerEntry[], pointer: string, reader: FileReader): LayerDraft {
  const facts = readOwnFacts(head)
  const mappings = entries.flatMap((entry) => readTechnique(entry, facts, reader))
  const { rowsShown, rowsInAll, leftOut, framework, attack, about, relations } = facts
  reader.report('parse/summary-only', pointer, {
    message: `The layer summarises ${rowsShown} of ${rowsInAll} rows; ${mappings.length} can be told apart`,
    ...(rowsInAll > mappings.length && { count: rowsInAll - mappings.length }),
    ...(leftOut.length > 0 && { found: leftOut.join('; ') }),
  })
  return { framework, attack, about, relations, mappings }
}

function readTechnique(entry: LayerEntry, facts: OwnFacts, reader: FileReader): readonly Mapping[] {
  const { techniqueId } = entry
  if (techniqueId === undefined) {
    reader.count('parse/unreadable-row', 'a techniqueID that is null or absent', entry.pointer)
    return []
  }
  const { rows, citations, isWhole } = readRows(entry, facts, reader)
  // The first link is the technique's page at MITRE.
  const references = [...entry.links.filter((url) => !url.startsWith('https://attack.mitre.org/versions/')), ...citations]
  const [only, ...others] = isWhole ? rows : []
  const isOnly = only !== undefined && others.length === 0
  if (references.length > 0 && !isOnly) reader.count('parse/not-attributed', 'references', entry.pointer)
  const comments = attributeComments(entry, rows, isWhole, reader)
  return rows.map((row): Mapping => ({
    kind: 'mapped',
    origins: entry.origins,
    technique: { id: techniqueId },
    ...row,
    ...stated({ comments: comments.get(row), references: isOnly && references.length > 0 ? references : undefined }),
  }))
}

function readRows(entry: LayerEntry, facts: OwnFacts, reader: FileReader) {
  const rows: OwnRow[] = []
  const citations: string[] = []
  let group: string | undefined
  let isWhole = entry.metadata.length > 0
  for (const [name, value] of entry.metadata) {
    if (name === 'Group') group = value
    else if (name === 'Reference') citations.push(value)
    else if (name === 'Not shown') isWhole = false
    else {
      const row = readOwnRow(name, value, group, facts)
      if (row) rows.push(row)
      else reader.count('parse/unreadable-row', 'a capability whose id was cut', entry.pointer)
    }
  }
  return { rows, citations, isWhole }
}

/** A comment is a row's where its capability has one row and one comment here; more could be anyone's. */
function attributeComments(
  { comment = '', pointer }: LayerEntry, rows: readonly OwnRow[], isWhole: boolean, reader: FileReader,
): ReadonlyMap<OwnRow, string> {
  const found = new Map<OwnRow, string>()
  for (const [id, comments] of readOwnComments(comment, rows.map(({ capability }) => capability))) {
    const own = rows.filter(({ capability }) => capability.id === id)
    const [row] = own
    const [text] = comments
    if (isWhole && row && text !== undefined && own.length === 1 && comments.length === 1) found.set(row, text)
    else reader.count('parse/not-attributed', 'comments', pointer)
  }
  return found
}

/** The length at which src/emitters/navigator/comment-technique.ts cuts what a capability is called. */
const LONGEST_LABEL = 60

/** The comments of a technique's text, by the id of the capability that each is about. */
function readOwnComments(text: string, capabilities: readonly CapabilityRef[]): ReadonlyMap<string, readonly string[]> {
  const start = text.indexOf('\n\n')
  const lines = start < 0 ? [] : text.slice(start + 2).split('\n')
  if (/^and \d+ more comments?$/.test(lines.at(-1) ?? '')) lines.pop()
  const unique = new Map(capabilities.map((capability) => [capability.id, capability]))
  const comments: { readonly id: string; readonly lines: string[] }[] = []
  for (const line of lines) {
    const found = findLabel(line, unique.values())
    if (found) comments.push({ id: found.id, lines: [line.slice(found.length)] })
    else comments.at(-1)?.lines.push(line)
  }
  const byId = new Map<string, string[]>()
  for (const { id, lines: own } of comments) byId.set(id, [...(byId.get(id) ?? []), own.join('\n')])
  return byId
}

interface Label {
  readonly id: string
  readonly length: number
}

/** Whose comment a line begins, and how long the label with its colon is; the longest label that fits wins. */
function findLabel(line: string, capabilities: Iterable<CapabilityRef>): Label | undefined {
  let found: Label | undefined
  for (const capability of capabilities) {
    const length = labelLength(line, capability)
    if (length > (found?.length ?? 0)) found = { id: capability.id, length }
  }
  return found
}

/**
 * 0 where the line does not begin with the capability's label and a colon. Of a name that was cut, only the beginning is
 * known.
 */
function labelLength(line: string, { id, description }: CapabilityRef): number {
  const isCut = description?.endsWith('…') === true
  const name = isCut ? description.slice(0, -1) : description
  const isSame = name !== undefined && (isCut ? bare(id).startsWith(bare(name)) : bare(id) === bare(name))
  const label = name === undefined ? id : isSame ? name : `${id} ${name}`
  if (!isCut && label.length <= LONGEST_LABEL) return line.startsWith(`${label}: `) ? label.length + 2 : 0
  // A label that is cut ends in "…", before which white space is trimmed.
  const known = label.slice(0, LONGEST_LABEL - 1).trimEnd()
  const colon = line.startsWith(known) ? line.indexOf(': ', known.length) : -1
  return colon > 0 && colon <= LONGEST_LABEL ? colon + 2 : 0
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}
