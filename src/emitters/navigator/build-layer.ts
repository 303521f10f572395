import { compareText } from '../../model/compare-text.js'
import type { Cell } from './build-cells.js'
import { commentTechnique } from './comment-technique.js'
import { describeLayer, listLayerMetadata, nameLayer } from './describe-layer.js'
import type { LayerPlan } from './layer-plan.js'
import type { Layer, LayerTechnique } from './layer.js'
import { attackSite, collectReferences, listLinks, majorOf } from './list-links.js'
import { listMetadata } from './list-metadata.js'
import { createLossLedger } from './loss-ledger.js'

/** The version of Navigator whose behaviour docs/navigator.md describes; Navigator itself ignores the field. */
const navigatorVersion = '5.1.0'

/** One layer of a set. No filters: platform names change between releases, and stale ones blank the matrix. */
export function buildLayer(plan: LayerPlan, title: string | undefined, cells: readonly Cell[]): Layer {
  const { release, set } = plan
  const own = { ...plan, ledger: countInto(plan) }
  const techniques = [...cells.map((cell) => buildTechnique(own, cell)), ...openParents(own, cells)]
  return {
    name: nameLayer(plan, title),
    versions: { attack: majorOf(release.version), navigator: navigatorVersion, layer: '4.5' },
    domain: `${set.attack.domain}-attack`,
    description: describeLayer(plan, title, cells),
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true, expandedSubtechniques: 'annotated' },
    techniques: openAnnotated(techniques).toSorted((a, b) => compareText(a.techniqueID, b.techniqueID)),
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

/** Parents that have no mapping of their own get an entry without a score, only to be opened. */
function openParents({ release }: LayerPlan, cells: readonly Cell[]): readonly LayerTechnique[] {
  const present = new Set(cells.map(({ id }) => id))
  const parents = new Set(cells.map(({ id }) => parentOf(id)).filter((id) => id !== undefined))
  return Array.from(parents)
    .filter((id) => !present.has(id) && release.technique(id)?.status === 'active')
    .map((techniqueID) => ({ techniqueID, showSubtechniques: true }))
}

function openAnnotated(techniques: readonly LayerTechnique[]): readonly LayerTechnique[] {
  const parents = new Set(techniques.map(({ techniqueID }) => parentOf(techniqueID)))
  return techniques.map((technique) => (parents.has(technique.techniqueID) ? { ...technique, showSubtechniques: true } : technique))
}

function parentOf(id: string): string | undefined {
  return id.includes('.') ? id.split('.', 1)[0] : undefined
}
