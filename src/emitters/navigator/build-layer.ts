import { type AttackReleaseView, stampedVersion } from '../../attack/attack-index.js'
import type { MappedRow } from '../../model/mapping.js'
import { isHttpUrl, shortenText } from '../../model/text.js'
import { commentTechnique } from './comment-technique.js'
import { describeLayer, listLayerMetadata, nameLayer } from './describe-layer.js'
import { type Layer, type LayerTechnique, type LinkItem, openParents } from './layer.js'
import { listMetadata } from './list-metadata.js'
import { type Cell, createLossLedger, type LayerPlan, type LossLedger } from './plan-layers.js'

/** The Navigator version that docs/navigator.md describes; Navigator ignores the field. */
export const navigatorVersion = '5.1.0'

/** Builds one layer of a set. No filters: platform names change between releases, and outdated ones hide the whole matrix. */
export function buildLayer(plan: LayerPlan, title: string | undefined, cells: readonly Cell[]): Layer {
  const { release, set } = plan
  const own = { ...plan, ledger: countInto(plan) }
  const techniques = openParents(cells.map((cell) => buildTechnique(own, cell)), release)
  return {
    name: nameLayer(plan, title),
    versions: { attack: majorOf(stampedVersion(release)), navigator: navigatorVersion, layer: '4.5' },
    domain: `${set.attack.domain}-attack`,
    description: describeLayer(plan, title, cells),
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true, expandedSubtechniques: 'annotated' },
    techniques,
    ...plan.paint,
    metadata: listLayerMetadata(plan, cells, own.ledger),
    links: [{ label: `ATT&CK ${stampedVersion(release)}`, url: `${attackSite(release)}/matrices/${set.attack.domain}/` }],
  }
}

/** Creates the ledger of one layer; losses are also added to the ledger of the plan. */
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
  const { urls, citations } = collectReferences(rows)
  const metadata = listMetadata(plan, rows, citations, limit)
  if (score === undefined) ledger.add('unscored-cell', 1, rows[0]?.origins[0], id)
  return {
    techniqueID: id,
    ...(score !== undefined && { score }),
    comment: commentTechnique(set, rows, metadata.length, ledger),
    ...(metadata.length > 0 && { metadata }),
    links: listLinks(id, urls, release, limit, ledger),
  }
}

function limitOf(requested: number): number {
  return requested > 0 ? Math.floor(requested) : 0
}

const longestLabel = 80
/** Chromium opens no longer URL from a link; Excel's limit is similar. */
const longestUrl = 2048

/** References of a technique: http(s) URLs, which Navigator can link, and all other texts. */
interface References {
  readonly urls: readonly string[]
  readonly citations: readonly string[]
}

/** Collects the references of rows, each once, in the order of the rows. */
export function collectReferences(rows: readonly MappedRow[]): References {
  const urls = new Set<string>()
  const citations = new Set<string>()
  for (const row of rows) {
    for (const reference of row.references ?? []) {
      const trimmed = reference.trim()
      if (urls.has(trimmed) || citations.has(trimmed)) continue
      if (isWebUrl(trimmed)) urls.add(trimmed)
      else if (trimmed !== '') citations.add(trimmed)
    }
  }
  return { urls: [...urls], citations: [...citations] }
}

/** The technique's page at MITRE, a divider, and at most `limit` references; the remaining ones are counted as lost. */
function listLinks(
  techniqueId: string, urls: readonly string[], release: AttackReleaseView, limit: number, ledger: LossLedger,
): readonly LinkItem[] {
  const shown = urls.slice(0, limit)
  ledger.add('link', urls.length - shown.length)
  const page = {
    label: `ATT&CK ${stampedVersion(release)}: ${techniqueId}`,
    url: `${attackSite(release)}/techniques/${techniqueId.replace('.', '/')}/`,
  }
  const more = urls.length > shown.length && shown.length > 0
  const references = shown.map((url, index) => ({
    label: more && index === shown.length - 1 ? `${labelUrl(url)} (${urls.length - shown.length} more not shown)` : labelUrl(url),
    url,
  }))
  return references.length === 0 ? [page] : [page, { divider: true }, ...references]
}

/** Base URL of MITRE's pages of a release, which include techniques that later releases dropped. */
export function attackSite(release: AttackReleaseView): string {
  return `https://attack.mitre.org/versions/v${majorOf(stampedVersion(release))}`
}

/** Major version: "16" of "16.1". */
export function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? version
}

function isWebUrl(text: string): boolean {
  return text.length <= longestUrl && /^https?:\/\/[^\s<>"\\\p{Cc}\p{Cs}]+$/iu.test(text) && isHttpUrl(text)
}

function labelUrl(url: string): string {
  return shortenText(url.replace(/^https?:\/\//i, ''), longestLabel)
}
