import type { Mapping } from '../../model/mapping.js'
import { isHttpUrl } from '../../model/text.js'
import { joinStated } from '../table/set-facts.js'
import type { RowInBundle } from './drafts.js'
import type { ExternalReference } from './stix-object.js'

/**
 * Rows in words, for the description of an object: platforms keep it even if they drop everything else. One block per row,
 * beginning with the title of its set if the rows come from several sets.
 */
export function describeRows(rows: readonly RowInBundle<Mapping>[]): string {
  const several = rows.some(({ from }) => from.groupingId !== rows[0]?.from.groupingId)
  return rows.map(({ from, row }) => {
    const head = [...(several ? [from.title] : []), ...listFacts(row, from.set.relations.get(row.relation ?? '')?.name)]
    // One line: platforms render descriptions as Markdown, which joins lines anyway.
    const blocks = [head.map((fact) => `${fact}.`).join(' '), row.comments, listReferences(row)]
    return blocks.filter((block) => block !== undefined && block !== '').join('\n\n')
  }).filter((block) => block !== '').join('\n\n')
}

function listFacts(row: Mapping, relation: string | undefined): readonly string[] {
  const { score, status } = row
  const scored = joinStated(score?.category, score?.value)
  return [
    ...(row.relation === undefined ? [] : [`Mapping type: ${relation ?? row.relation}`]),
    ...(scored === '' ? [] : [`Score: ${scored}`]),
    ...(score?.related === undefined ? [] : [`Related score: ${score.related}`]),
    ...(status === undefined || status === 'complete' ? [] : [`Status: ${status}`]),
  ]
}

function listReferences({ references }: Mapping): string | undefined {
  return references && ['References:', ...references.map((reference) => `- ${reference}`)].join('\n')
}

/** Labels to filter by on platforms: scores, categories and mapping types of rows, each once, in order of appearance. */
export function labelRows(rows: Iterable<Mapping>): readonly string[] {
  const labels = new Set<string>()
  for (const { relation, score } of rows) {
    if (score?.value !== undefined) labels.add(`score:${score.value}`)
    if (score?.category !== undefined) labels.add(`category:${score.category}`)
    if (relation !== undefined) labels.add(`mapping-type:${relation}`)
  }
  return [...labels]
}

/** External references of rows, each once: URLs with their host as the source name, other citations as descriptions. */
export function citeReferences(rows: Iterable<Mapping>): readonly ExternalReference[] {
  const cited = new Map<string, ExternalReference>()
  for (const { references } of rows) {
    for (const reference of references ?? []) {
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
