import type { Cell } from './build-cells.js'
import { commentTechnique } from './comment-technique.js'
import { describeLayer, listLayerMetadata, nameLayer } from './describe-layer.js'
import type { LayerPlan } from './layer-plan.js'
import type { Layer, LayerTechnique } from './layer.js'
import { attackSite, collectReferences, listLinks, majorOf } from './list-links.js'
import { listMetadata } from './list-metadata.js'
import { createLossLedger } from './loss-ledger.js'
import { openParents } from './open-parents.js'

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
