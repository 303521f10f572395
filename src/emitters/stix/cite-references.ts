import type { Mapping } from '../../model/mapping.js'
import { safeSourceName } from './capability-reference.js'
import type { ExternalReference } from './stix-object.js'

/** The references of rows as external references, each once: addresses under their host's name, other citations as text. */
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

/** The host of a web address that is a URI to the letter of RFC 3986; undefined for any other text. */
function hostOf(text: string): string | undefined {
  if (!/^https?:\/\/[\w\-.~:/?#@!$&'()*+,;=%]+$/i.test(text)) return undefined
  if (/%(?![0-9a-f]{2})/i.test(text) || text.indexOf('#') !== text.lastIndexOf('#')) return undefined
  if (!URL.canParse(text)) return undefined
  const host = new URL(text).hostname
  return host === '' ? undefined : host
}
