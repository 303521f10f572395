import { type AttackReleaseView, stampedVersion } from '../../attack/attack-index.js'
import { isHttpUrl, shortenText } from '../../model/text.js'
import { commentTechnique } from './comment-technique.js'
import { describeLayer, listLayerMetadata, nameLayer } from './describe-layer.js'
import { type Layer, type LayerTechnique, type LinkItem, type MetadataItem, openParents } from './layer.js'
import type { LayerRow } from './layer-rows.js'
import { listMetadata } from './list-metadata.js'
import { createLossLedger, type LossLedger } from './loss-ledger.js'
import type { Cell, LayerPlan, LayerSlice } from './plan-layers.js'

/** The Navigator version that docs/navigator.md describes; Navigator ignores the field. */
export const navigatorVersion = '5.1.0'

/** Builds one layer of a set. No filters: platform names change between releases, and outdated ones hide the whole matrix. */
export function buildLayer(plan: LayerPlan, slice: LayerSlice): Layer {
  const { release, set, options } = plan
  const own = { ...plan, ledger: countInto(plan) }
  const shared = { limit: limitOf(options['layer-metadata-limit']), site: attackSite(release), version: stampedVersion(release), isUrl: rememberUrls() }
  const techniques = openParents(slice.cells.map((cell) => buildTechnique(own, cell, shared)), release)
  return {
    name: nameLayer(plan, slice.title),
    versions: { attack: majorOf(shared.version), navigator: navigatorVersion, layer: '4.5' },
    domain: `${set.attack.domain}-attack`,
    description: describeLayer(plan, slice),
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true, expandedSubtechniques: 'annotated' },
    techniques,
    ...plan.paint,
    metadata: listLayerMetadata(plan, slice, own.ledger),
    links: [{ label: `ATT&CK ${shared.version}`, url: `${shared.site}/matrices/${set.attack.domain}/` }],
  }
}

/** Creates the ledger of one layer; losses are also added to the ledger of the plan. */
function countInto(plan: LayerPlan): LayerPlan['ledger'] {
  const own = createLossLedger()
  return {
    ...own,
    add(kind, count, origin, found) {
      own.add(kind, count, origin, found)
      plan.ledger.add(kind, count, origin, found)
    },
  }
}

/** What all techniques of a layer share. */
interface Shared {
  /** The most entries of metadata, and references, of a technique. */
  readonly limit: number
  /** MITRE's pages of the release, and its version. */
  readonly site: string
  readonly version: string
  readonly isUrl: (reference: string) => boolean
}

function buildTechnique(plan: LayerPlan, cell: Cell, shared: Shared): LayerTechnique {
  const { id, score } = cell
  const { urls, citations } = collectReferences(cell.rows, shared.isUrl)
  const metadata = listMetadata(plan, cell, citations, shared.limit)
  if (score === undefined) plan.ledger.add('unscored-cell', 1, cell.rows[0]?.row.origins[0], id)
  // Properties are added one by one: copies of objects with some of them take longer than all the texts.
  const technique: TechniqueInProgress = { techniqueID: id }
  if (score !== undefined) technique.score = score
  technique.comment = commentTechnique(cell, metadata.length, plan.ledger)
  if (metadata.length > 0) technique.metadata = metadata
  technique.links = listLinks(id, urls, shared, plan.ledger)
  return technique
}

interface TechniqueInProgress {
  techniqueID: string
  score?: number
  comment?: string
  metadata?: readonly MetadataItem[]
  links?: readonly LinkItem[]
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
export function collectReferences(rows: readonly Pick<LayerRow, 'row'>[], isUrl: (reference: string) => boolean): References {
  let found: Set<string> | undefined
  for (const { row: { references } } of rows) {
    if (references === undefined) continue
    found ??= new Set()
    for (const reference of references) found.add(reference.trim())
  }
  // Most techniques have none.
  if (!found) return noReferences
  const urls: string[] = []
  const citations: string[] = []
  for (const text of found) {
    if (isUrl(text)) urls.push(text)
    else if (text !== '') citations.push(text)
  }
  return { urls, citations }
}

const noReferences: References = { urls: [], citations: [] }

/** The technique's page at MITRE, a divider, and at most `limit` references; the remaining ones are counted as lost. */
function listLinks(techniqueId: string, urls: readonly string[], { limit, site, version }: Shared, ledger: LossLedger): readonly LinkItem[] {
  const links: LinkItem[] = [{
    label: `ATT&CK ${version}: ${techniqueId}`,
    url: `${site}/techniques/${techniqueId.replace('.', '/')}/`,
  }]
  if (urls.length === 0) return links
  const shown = urls.slice(0, limit)
  const more = urls.length - shown.length
  ledger.add('link', more)
  if (shown.length > 0) links.push({ divider: true })
  for (const [index, url] of shown.entries()) {
    const isLast = index === shown.length - 1
    links.push({ label: more > 0 && isLast ? `${labelUrl(url)} (${more} more not shown)` : labelUrl(url), url })
  }
  return links
}

/** Base URL of MITRE's pages of a release, which include techniques that later releases dropped. */
export function attackSite(release: AttackReleaseView): string {
  return `https://attack.mitre.org/versions/v${majorOf(stampedVersion(release))}`
}

/** Major version: "16" of "16.1". */
export function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? version
}

/** Whether references are URLs that Navigator can link: each is in many techniques, and reading a URL takes long. */
export function rememberUrls(): (reference: string) => boolean {
  const known = new Map<string, boolean>()
  return (reference) => {
    const found = known.get(reference)
    if (found !== undefined) return found
    const isUrl = isWebUrl(reference)
    known.set(reference, isUrl)
    return isUrl
  }
}

function isWebUrl(text: string): boolean {
  return text.length <= longestUrl && /^https?:\/\/[^\s<>"\\\p{Cc}\p{Cs}]+$/iu.test(text) && isHttpUrl(text)
}

function labelUrl(url: string): string {
  return shortenText(url.replace(/^https?:\/\//i, ''), longestLabel)
}
