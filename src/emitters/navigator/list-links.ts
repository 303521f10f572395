import type { AttackReleaseView } from '../../attack/attack-index.js'
import type { MappedRow } from '../../model/mapping.js'
import type { LinkItem } from './layer.js'
import type { LossLedger } from './loss-ledger.js'
import { shortenText } from './shorten-text.js'

const longestLabel = 80
/** Chromium opens no longer address from a link; Excel's limit is near, too. */
const longestAddress = 2048

/** A technique's addresses, and the citations that are none: Navigator needs a label and a protocol. */
export interface References {
  readonly addresses: readonly string[]
  readonly citations: readonly string[]
}

/** Collects the references of rows, each once, in the order of the rows. */
export function collectReferences(rows: readonly MappedRow[]): References {
  const addresses = new Set<string>()
  const citations = new Set<string>()
  for (const reference of rows.flatMap((row) => row.references ?? [])) {
    const trimmed = reference.trim()
    if (isWebAddress(trimmed)) addresses.add(trimmed)
    else if (trimmed !== '') citations.add(trimmed)
  }
  return { addresses: [...addresses], citations: [...citations] }
}

/** The technique's page at MITRE, then at most `limit` references below a line; the rest is counted. */
export function listLinks(
  techniqueId: string, addresses: readonly string[], release: AttackReleaseView, limit: number, ledger: LossLedger,
): readonly LinkItem[] {
  const shown = addresses.slice(0, limit)
  ledger.add('link', addresses.length - shown.length)
  const page = { label: `ATT&CK ${release.version}: ${techniqueId}`, url: `${attackSite(release)}/techniques/${techniqueId.replace('.', '/')}/` }
  const more = addresses.length > shown.length && shown.length > 0
  const references = shown.map((url, index) => ({
    label: more && index === shown.length - 1 ? `${labelAddress(url)} (${addresses.length - shown.length} more not shown)` : labelAddress(url),
    url,
  }))
  return references.length === 0 ? [page] : [page, { divider: true }, ...references]
}

/** Where MITRE keeps the pages of this release, also of techniques that later ones dropped. */
export function attackSite(release: AttackReleaseView): string {
  return `https://attack.mitre.org/versions/v${majorOf(release.version)}`
}

/** "16" of "16.1". */
export function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? version
}

function isWebAddress(text: string): boolean {
  return text.length <= longestAddress && /^https?:\/\/[^\s<>"\\\p{Cc}\p{Cs}]+$/iu.test(text) && URL.canParse(text)
}

function labelAddress(url: string): string {
  return shortenText(url.replace(/^https?:\/\//i, ''), longestLabel)
}
