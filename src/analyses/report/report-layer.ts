import type { AttackReleaseView } from '../../attack/attack-index.js'
import { type Unshowable, whyUnshowable } from '../../coverage/row-state.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { Artifact } from '../../emitters/emitter.js'
import { attackSite, majorOf, navigatorVersion } from '../../emitters/navigator/build-layer.js'
import { labelDomain, shortenText } from '../../emitters/navigator/label-row.js'
import { cleanStrings, type Layer, openParents } from '../../emitters/navigator/layer.js'
import type { LegendEntry, ReportFact, ReportTone } from './analysis-report.js'

/** A technique to be coloured: `word` is one of the legend's. */
export interface LayerCell {
  readonly id: string
  readonly word: string
  /** Plain text for the tooltip; may have several lines. */
  readonly comment: string
}

/** What a layer of an analysis shows. */
export interface ReportLayer {
  /** The analysis: "diff"; the name of the file ends in it. */
  readonly kind: string
  /** What the file's name starts with, safe on every system. */
  readonly baseName: string
  readonly title: string
  readonly description: string
  readonly release: AttackReleaseView
  /** Words without a cell are left out of the layer's legend. */
  readonly legend: readonly LegendEntry[]
  /** One per technique. */
  readonly cells: readonly LayerCell[]
  readonly facts: readonly ReportFact[]
}

/** Okabe and Ito's colours, which every kind of colour blindness can tell apart, and three steps of ColorBrewer's blue. */
const toneColours: Readonly<Record<ReportTone, string>> = {
  added: '#56b4e9',
  removed: '#d55e00',
  changed: '#f0e442',
  attention: '#cc79a7',
  same: '#dfe5ec',
  weak: '#c6dbef',
  middling: '#6baed6',
  strong: '#2171b5',
}

const longestName = 120
const longestComment = 750
const longestValue = 500

/**
 * A Navigator layer (format 4.5) whose cells are coloured by a legend. Techniques that the release does not have, or has
 * withdrawn, become no cell, since Navigator would skip them in silence: they are named in the layer's metadata and reported
 * as `emit/not-representable`.
 */
export function reportLayerArtifact(plan: ReportLayer, report: Report): Artifact {
  const { release, baseName, kind } = plan
  const judged = plan.cells.map((cell) => ({ cell, reason: whyUnshowable(cell.id, release) }))
  const shown = judged.filter(({ reason }) => reason === undefined).map(({ cell }) => cell)
  const leftOut = judged.flatMap(({ cell: { id }, reason }) => (reason === undefined ? [] : [{ id, reason }]))
  const name = `${baseName}.${kind}.layer.json`
  for (const [reason, ids] of groupByReason(leftOut)) {
    const message = `${ids.length} techniques became no cell: ${reason} in ATT&CK ${release.version}`
    report('emit/not-representable', { message, count: ids.length, found: ids.join(', '), subject: name })
  }
  const { value } = cleanStrings(buildLayer(plan, shown, leftOut))
  return {
    name,
    emitter: kind,
    schema: 'navigator-layer',
    value,
    counts: { techniques: shown.length, leftOut: leftOut.length },
    render: () => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`),
  }
}

interface LeftOut {
  readonly id: string
  readonly reason: Unshowable
}

function buildLayer(plan: ReportLayer, shown: readonly LayerCell[], leftOut: readonly LeftOut[]): Omit<Layer, 'gradient'> {
  const { title, description, release, legend, facts } = plan
  const colours = new Map(legend.map(({ word, tone }) => [word, toneColours[tone]]))
  const used = new Set(shown.map(({ word }) => word))
  const cells = shown.map(({ id, word, comment }) => ({
    techniqueID: id,
    color: colours.get(word) ?? toneColours.same,
    comment: shortenText(comment, longestComment),
    links: [{ label: `ATT&CK ${release.version}: ${id}`, url: `${attackSite(release)}/techniques/${id.replace('.', '/')}/` }],
  }))
  const missing = [...groupByReason(leftOut)].map(([reason, ids]) =>
    ({ name: `No cell: ${reason}`, value: shortenText(ids.join(', '), longestValue) }))
  return {
    name: shortenText(title, longestName),
    versions: { attack: majorOf(release.version), navigator: navigatorVersion, layer: '4.5' },
    domain: `${release.domain}-attack`,
    description,
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true, expandedSubtechniques: 'annotated' },
    techniques: openParents(cells, release),
    legendItems: legend.filter(({ word }) => used.has(word)).map(({ word, tone, meaning }) => ({
      label: shortenText(`${word}: ${meaning}`, longestName), color: toneColours[tone],
    })),
    metadata: [...facts.map(({ label, value }) => ({ name: label, value: String(value) })), ...missing],
    links: [{
      label: `ATT&CK ${labelDomain(release.domain)} ${release.version}`,
      url: `${attackSite(release)}/matrices/${release.domain}/`,
    }],
  }
}

function groupByReason(leftOut: readonly LeftOut[]): ReadonlyMap<Unshowable, readonly string[]> {
  const groups = new Map<Unshowable, string[]>()
  for (const { id, reason } of leftOut) {
    const ids = groups.get(reason)
    if (ids) ids.push(id)
    else groups.set(reason, [id])
  }
  return groups
}
