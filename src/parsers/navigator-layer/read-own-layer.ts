import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { FileReader } from '../reading/file-reader.js'
import type { LayerDraft } from './layer-draft.js'
import type { LayerHead } from './layer-head.js'
import { readOwnComments } from './own-comments.js'
import { readOwnFacts, type OwnFacts } from './own-facts.js'
import { readOwnRow, type OwnRow } from './own-row.js'
import type { LayerEntry } from './read-entries.js'

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
