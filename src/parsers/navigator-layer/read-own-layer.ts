import { foldName } from '../../model/text.js'
import type { CapabilityRef, Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { FileReader } from '../reading/file-reader.js'
import { type LayerDraft, type LayerEntry, type LayerHead, refuseEntry } from './layer-content.js'
import { type OwnFacts, type OwnRow, readOwnFacts, readOwnRow } from './own-metadata.js'

/** Reads the summary of rows in a layer by Crosswalk. docs/navigator.md specifies what is read back and what is lost. */
export function readOwnLayer(head: LayerHead, entries: readonly LayerEntry[], pointer: string, reader: FileReader): LayerDraft {
  const facts = readOwnFacts(head)
  const mappings = entries.flatMap((entry) => readTechnique(entry, facts, reader))
  const { rowsShown, rowsInAll, leftOut, framework, attack, about, relations } = facts
  reader.report('parse/summary-only', pointer, {
    message: `The layer summarises ${rowsShown} of ${rowsInAll} rows; ${mappings.length} could be read back`,
    ...(rowsInAll > mappings.length && { count: rowsInAll - mappings.length }),
    ...(leftOut.length > 0 && { found: leftOut.join('; ') }),
  })
  return { framework, attack, about, relations, mappings }
}

function readTechnique(entry: LayerEntry, facts: OwnFacts, reader: FileReader): readonly Mapping[] {
  const { techniqueId } = entry
  if (techniqueId === undefined) {
    refuseEntry(entry, 'a null or missing techniqueID', reader)
    return []
  }
  const { rows, citations, isWhole } = readRows(entry, facts, reader)
  // The first link is the technique's page on attack.mitre.org.
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
      else reader.count('parse/unreadable-row', 'a capability with a truncated id', entry.pointer)
    }
  }
  return { rows, citations, isWhole }
}

/** Assigns comments to rows. A comment is a row's if its capability has one row and one comment here; otherwise it is ambiguous. */
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

/** Length at which src/emitters/navigator/comment-technique.ts truncates a capability's label. */
const LONGEST_LABEL = 60

/** Comments in a technique's text, by capability id. */
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

/** The capability whose label begins a line, and the label's length with ": "; the longest match wins. */
function findLabel(line: string, capabilities: Iterable<CapabilityRef>): Label | undefined {
  let found: Label | undefined
  for (const capability of capabilities) {
    const length = labelLength(line, capability)
    if (length > (found?.length ?? 0)) found = { id: capability.id, length }
  }
  return found
}

/** Length of a capability's label with ": "; 0 if the line does not begin with them. Of a truncated name only the start is known. */
function labelLength(line: string, { id, description }: CapabilityRef): number {
  const isCut = description?.endsWith('…') === true
  const name = isCut ? description.slice(0, -1) : description
  const isSame = name !== undefined && (isCut ? foldName(id).startsWith(foldName(name)) : foldName(id) === foldName(name))
  const label = name === undefined ? id : isSame ? name : `${id} ${name}`
  if (!isCut && label.length <= LONGEST_LABEL) return line.startsWith(`${label}: `) ? label.length + 2 : 0
  // A truncated label ends in "…", with white space trimmed before it.
  const known = label.slice(0, LONGEST_LABEL - 1).trimEnd()
  const colon = line.startsWith(known) ? line.indexOf(': ', known.length) : -1
  return colon > 0 && colon <= LONGEST_LABEL ? colon + 2 : 0
}
