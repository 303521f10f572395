import type { AttackReleaseView } from '../../attack/attack-index.js'
import type { MappedRow } from '../../model/mapping.js'
import { shortenText } from '../../model/text.js'
import { commentTechnique } from './comment-technique.js'
import { describeLayer, listLayerMetadata, nameLayer } from './describe-layer.js'
import { type Layer, type LayerTechnique, type LinkItem, openParents } from './layer.js'
import { listMetadata } from './list-metadata.js'
import { type Cell, createLossLedger, type LayerPlan, type LossLedger } from './plan-layers.js'

/** The version of Navigator whose behaviour docs/navigator.md describes; Navigator itself ignores the field. */
export const navigatorVersion = '5.1.0'

/** One layer of a set. No filters: platform names change between releases, and stale ones blank the matrix. */
export function buildLayer(plan: LayerPlan, title: string | undefined, cells: readonly Cell[]): Layer {
  const { release, set } = plan
  const own = { ...plan, ledger: countInto(plan) }
  const techniques = openParents(cells.map((cell) => buildTechnique(own, cell)), release)
  return {
    name: nameLayer(plan, title),
    versions: { attack: majorOf(release.version), navigator: navigatorVersion, layer: '4.5' },
    domain: `${set.attack.domain}-attack`,
    description: describeLayer(plan, title, cells),
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true, expandedSubtechniques: 'annotated' },
    techniques,
    ...plan.paint,
    metadata: listLayerMetadata(plan, cells, own.ledger),
    links: [{ label: `ATT&CK ${release.version}`, url: `${attackSite(release)}/matrices/${set.attack.domain}/` }],
  }
}

/** A ledger of this layer alone, which also adds to that of the set. */
function countInto(plan: LayerPlan): LayerPlan['ledger'] {
  const own = createLossLedger()
  return {
    ...own,
    add(...loss) {
      own.add(...loss)
      plan.ledger.add(...loss)
    },
  }
}

function buildTechnique(plan: LayerPlan, { id, rows, score }: Cell): LayerTechnique {
  const { set, release, options, ledger } = plan
  const limit = limitOf(options['layer-metadata-limit'])
  const { addresses, citations } = collectReferences(rows)
  const metadata = listMetadata(plan, rows, citations, limit)
  if (score === undefined) ledger.add('unscored-cell', 1, rows[0]?.origins[0], id)
  return {
    techniqueID: id,
    ...(score !== undefined && { score }),
    comment: commentTechnique(set, rows, metadata.length, ledger),
    ...(metadata.length > 0 && { metadata }),
    links: listLinks(id, addresses, release, limit, ledger),
  }
}

function limitOf(asked: number): number {
  return asked > 0 ? Math.floor(asked) : 0
}

const longestLabel = 80
/** Chromium opens no longer address from a link; Excel's limit is near, too. */
const longestAddress = 2048

/** A technique's addresses, and the citations that are none: Navigator needs a label and a protocol. */
interface References {
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
function listLinks(
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
