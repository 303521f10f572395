import { haveSameTexts } from '../../model/stated.js'
import { extensionKey } from './preamble-objects.js'
import type { Relationship, RowRecord } from './stix-object.js'

/**
 * Creates a function that writes relationships as `JSON.stringify` does, in a fraction of the time: most values are those of the relationship
 * before, and the text of each group of properties is remembered. The fewer parts a text is joined from, the sooner it is encoded. What has
 * properties that few of them have, `JSON.stringify` writes.
 */
export function createRelationshipWriter(): (relationship: Relationship) => string {
  const [common, description, ending, rows] = [commonProperties(), longText('description'), lastProperties(), createRowsWriter()]
  return (relationship) => {
    const { id, source_ref: source, target_ref: target, external_references: references, extensions, revoked } = relationship
    const extension = extensions?.[extensionKey]
    const own = extension && 'rows' in extension ? extension.rows : undefined
    if (revoked !== undefined || references !== undefined || (extensions && !own)) return JSON.stringify(relationship)
    // Ids have no character that JSON escapes.
    return `{"type":"relationship","spec_version":"2.1","id":"${id}"${common(relationship)}${description(relationship.description)},"source_ref":"${
      source}","target_ref":"${target}"${ending(relationship)}${own ? `${rows(own)}]}}}` : '}'}`
  }
}

/** Writes author, dates and type. */
function commonProperties(): (relationship: Relationship) => string {
  let last: Relationship | undefined
  let text = ''
  return (relationship) => {
    const { created_by_ref, created, modified, relationship_type } = relationship
    if (relationship_type !== last?.relationship_type || modified !== last.modified || created !== last.created || created_by_ref !== last.created_by_ref) {
      last = relationship
      text = followingProperties({ '': 0, created_by_ref, created, modified, relationship_type })
    }
    return text
  }
}

const withoutRows = { [extensionKey]: { extension_type: 'property-extension', rows: [] } }

/** Writes labels, markings and the beginning of the extension, up to its rows. */
function lastProperties(): (relationship: Relationship) => string {
  let last: Relationship | undefined
  let text = ''
  return (relationship) => {
    const { labels, object_marking_refs, extensions } = relationship
    const isSame = haveSameTexts(labels, last?.labels) && haveSameTexts(object_marking_refs, last?.object_marking_refs) && !extensions === !last?.extensions
    if (!last || !isSame) {
      last = relationship
      text = extensions ? followingProperties({ '': 0, labels, object_marking_refs, extensions: withoutRows }).slice(0, -']}}'.length)
        : followingProperties({ '': 0, labels, object_marking_refs })
    }
    return text
  }
}

/** Writes the rows of a list. */
function createRowsWriter(): (rows: readonly RowRecord[]) => string {
  // The beginning of a row.
  const capability = rememberNamed((id, name) => JSON.stringify({ capability_id: id, capability_description: name }).slice(0, -1))
  const technique = rememberNamed((id, name) => followingProperties({ '': 0, attack_object_id: id, attack_object_name: name }))
  const type = textProperty('mapping_type')
  const [group, scores, comments, status] = [textProperty('capability_group'), scoreProperties(), longText('comments'), textProperty('status')]
  const references = referencesProperty()
  const writeRow = (row: RowRecord): string => (row.capability_id === undefined || hasMore(row) ? JSON.stringify(row)
    : `${capability(row.capability_id, row.capability_description)}${technique(row.attack_object_id, row.attack_object_name)}${type(row.mapping_type)}${group(row.capability_group)}${
      scores(row)}${comments(row.comments)}${references(row.references)}${status(row.status)}}`)
  return (rows) => {
    let text = ''
    for (const row of rows) text += text === '' ? writeRow(row) : `,${writeRow(row)}`
    return text
  }
}

/** Texts that are remembered at once. */
const mostKnown = 2000

/** Remembers the text for an id and a name. Rows are mostly sorted by one of capability and technique, and the other alternates between them. */
function rememberNamed(write: (id: string | undefined, name: string | undefined) => string): typeof write {
  const known = new Map<string | undefined, { readonly name: string | undefined; readonly text: string }>()
  return (id, name) => {
    const found = known.get(id)
    if (found && found.name === name) return found.text
    if (known.size >= mostKnown) known.clear()
    const text = write(id, name)
    known.set(id, { name, text })
    return text
  }
}

function scoreProperties(): (row: RowRecord) => string {
  let last: RowRecord | undefined
  let text = ''
  return (row) => {
    const { score_category, score_value, related_score } = row
    if (score_value !== last?.score_value || score_category !== last?.score_category || related_score !== last?.related_score) {
      last = row
      text = followingProperties({ '': 0, score_category, score_value, related_score })
    }
    return text
  }
}

function referencesProperty(): (list: readonly string[] | undefined) => string {
  let last: readonly string[] | undefined
  let text = ''
  return (list) => {
    if (list === undefined) return ''
    if (!haveSameTexts(list, last)) {
      last = list
      text = `,"references":${JSON.stringify(list)}`
    }
    return text
  }
}

/** Whether a row has anything that is stated for few rows only. */
function hasMore(row: RowRecord): boolean {
  return row.author !== undefined || row.author_contact !== undefined || row.author_organization !== undefined || row.attack_version !== undefined
    || row.technology_domain !== undefined || row.mapping_framework !== undefined || row.mapping_framework_version !== undefined
    || row.auditor_verdict !== undefined || row.auditor_initials !== undefined || row.auditor_remark !== undefined || row.completed !== undefined
}

/** Writes a property with a text, after others; nothing if it is not stated. */
function textProperty(name: string): (value: string | undefined) => string {
  const known = new Map<string, string>()
  return (value) => {
    if (value === undefined) return ''
    const found = known.get(value)
    if (found !== undefined) return found
    if (known.size >= mostKnown) known.clear()
    const text = followingProperties({ '': 0, [name]: value })
    known.set(value, text)
    return text
  }
}

/** As `textProperty`, for texts that few others repeat at once. */
function longText(name: string): (value: string | undefined) => string {
  let last: string | undefined
  let text = ''
  return (value) => {
    if (value === undefined) return ''
    if (value !== last) {
      last = value
      text = `,"${name}":${JSON.stringify(value)}`
    }
    return text
  }
}

const start = '{"":0'

/**
 * Properties that follow others, those that are not stated left out. The first of the object only makes the text begin with a comma: a text that
 * is joined from parts is joined anew at each use.
 */
function followingProperties(properties: { readonly '': 0 } & Readonly<Record<string, unknown>>): string {
  return JSON.stringify(properties).slice(start.length, -1)
}
