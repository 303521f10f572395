import type { Mapping, Score } from '../../model/mapping.js'
import { isHttpUrl } from '../../model/text.js'
import { joinStated } from '../table/set-facts.js'
import type { RowInBundle } from './drafts.js'
import type { ExternalReference } from './stix-object.js'

/**
 * Rows in words, for the description of an object: platforms keep it even if they drop everything else. One block per row,
 * beginning with the title of its set if the rows come from several sets.
 */
export function describeRows(rows: Rows): string {
  const [first] = rows
  const several = rows.length > 1 && rows.some(({ from }) => from.groupingId !== first?.from.groupingId)
  let description = ''
  for (const { from, row } of rows) {
    description = joinBlocks(description, describeRow(row, several ? `${from.title}.` : '', from.set.relations.get(row.relation ?? '')?.name))
  }
  return description
}

type Rows = readonly RowInBundle<Mapping>[]

function describeRow(row: Mapping, title: string, relation: string | undefined): string {
  // One line: platforms render descriptions as Markdown, which joins lines anyway.
  let facts = title
  if (row.relation !== undefined) facts = addFact(facts, 'Mapping type', relation ?? row.relation)
  if (row.score) facts = addScore(facts, row.score)
  if (row.status !== undefined && row.status !== 'complete') facts = addFact(facts, 'Status', row.status)
  return joinBlocks(joinBlocks(facts, row.comments ?? ''), listReferences(row))
}

function addScore(facts: string, { category, value, related }: Score): string {
  const scored = joinStated(category, value)
  const added = scored === '' ? facts : addFact(facts, 'Score', scored)
  return related === undefined ? added : addFact(added, 'Related score', related)
}

function addFact(facts: string, name: string, value: string): string {
  return `${facts}${facts === '' ? '' : ' '}${name}: ${value}.`
}

function joinBlocks(blocks: string, block: string): string {
  return blocks === '' || block === '' ? blocks + block : `${blocks}\n\n${block}`
}

function listReferences({ references = [] }: Mapping): string {
  let list = references.length === 0 ? '' : 'References:'
  for (const reference of references) list += `\n- ${reference}`
  return list
}

/** Labels to filter by on platforms: scores, categories and mapping types of rows, each once, in order of appearance. */
export function labelRows(rows: Rows): readonly string[] {
  const [only] = rows
  if (only && rows.length === 1) return labelRow(only.row)
  return [...new Set(rows.flatMap(({ row }) => labelRow(row)))]
}

function labelRow({ relation, score }: Mapping): string[] {
  const labels: string[] = []
  if (score?.value !== undefined) labels.push(`score:${score.value}`)
  if (score?.category !== undefined) labels.push(`category:${score.category}`)
  if (relation !== undefined) labels.push(`mapping-type:${relation}`)
  return labels
}

/** External references of rows, each once: URLs with their host as the source name, other citations as descriptions. */
export function citeReferences(rows: Rows): readonly ExternalReference[] {
  const cited = new Map<string, ExternalReference>()
  for (const { row: { references = [] } } of rows) {
    for (const reference of references) {
      const text = reference.trim()
      if (text !== '' && !cited.has(text)) cited.set(text, citeReference(text))
    }
  }
  return [...cited.values()]
}

function citeReference(text: string): ExternalReference {
  const host = hostOf(text)
  return host === undefined ? { source_name: 'citation', description: text } : { source_name: safeSourceName(host), url: text }
}

/** Host of an http(s) URL that strictly conforms to RFC 3986; undefined for any other text. */
function hostOf(text: string): string | undefined {
  if (!/^https?:\/\/[\w\-.~:/?#@!$&'()*+,;=%]+$/i.test(text)) return undefined
  if (/%(?![0-9a-f]{2})/i.test(text) || text.indexOf('#') !== text.lastIndexOf('#')) return undefined
  if (!isHttpUrl(text)) return undefined
  const host = new URL(text).hostname
  return host === '' ? undefined : host
}

const cveId = /^CVE-\d{4}-(?:0\d{3}|[1-9]\d{3,})$/
const capecId = /^CAPEC-\d+$/

/** External reference of a capability: its framework and its id in the framework. */
export function capabilityReference(framework: string, id: string): ExternalReference {
  // The specification prescribes the source names of these ids (STIX 2.1, section 2.5.2).
  if (cveId.test(id)) return { source_name: 'cve', external_id: id, url: `https://nvd.nist.gov/vuln/detail/${id}` }
  if (capecId.test(id)) return { source_name: 'capec', external_id: id }
  return { source_name: safeSourceName(framework), external_id: id }
}

/** Avoids the source names "cve", "capec" and "mitre…", by which platforms recognise objects of those catalogues. */
function safeSourceName(name: string): string {
  return /^(?:cve|capec|mitre.*)$/i.test(name) ? `framework-${name}` : name
}
