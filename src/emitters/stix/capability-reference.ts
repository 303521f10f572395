import type { ExternalReference } from './stix-object.js'

const cveId = /^CVE-\d{4}-(?:0\d{3}|[1-9]\d{3,})$/
const capecId = /^CAPEC-\d+$/

/** The external reference of a capability: its framework and its id there. */
export function capabilityReference(framework: string, id: string): ExternalReference {
  // The specification ties these ids and these source names to one another (STIX 2.1, section 2.5.2).
  if (cveId.test(id)) return { source_name: 'cve', external_id: id }
  if (capecId.test(id)) return { source_name: 'capec', external_id: id }
  return { source_name: safeSourceName(framework), external_id: id }
}

/** A source name that claims nothing: "cve", "capec" and "mitre-…" make platforms take an object for one of theirs. */
export function safeSourceName(name: string): string {
  return /^(?:cve|capec|mitre.*)$/i.test(name) ? `framework-${name}` : name
}
