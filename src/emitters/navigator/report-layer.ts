import { type AttackReleaseView, domainNames, stampedVersion, titleVersion } from '../../attack/attack-index.js'
import { type NoCellReason, noCellReason } from '../../coverage/row-state.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import { encodeLine } from '../artifact-parts.js'
import type { Artifact } from '../emitter.js'
import { attackSite, majorOf, navigatorVersion } from './build-layer.js'
import { cleanStrings, type Layer, openParents } from './layer.js'
import { addToList } from '../../model/stated.js'
import type { LegendEntry, ReportTone } from '../../model/report-table.js'
import { shortenText } from '../../model/text.js'

/** A technique to colour. `word` is a word of the legend. */
export interface LayerCell {
  readonly id: string
  readonly word: string
  /** The tooltip: plain text, possibly of several lines. */
  readonly comment: string
}

/** The contents of an analysis' layer. */
export interface ReportLayer {
  /** The analysis: "diff". The file name is `baseName`.`kind`.layer.json. */
  readonly kind: string
  /** The start of the file name, safe on every file system. */
  readonly baseName: string
  readonly title: string
  readonly description: string
  readonly release: AttackReleaseView
  /** The layer's legend omits words without a cell. */
  readonly legend: readonly LegendEntry[]
  /** One per technique. */
  readonly cells: readonly LayerCell[]
  readonly facts: readonly { readonly label: string; readonly value: string | number }[]
}

/** Okabe and Ito's colours, distinguishable with any colour blindness, and three steps of ColorBrewer's blue. */
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
 * Builds a Navigator layer (format 4.5) whose cells are coloured by a legend. Techniques that the release does not have, or has
 * withdrawn, get no cell, since Navigator would silently skip them: the layer's metadata names them, and they are reported as
 * `emit/not-representable`.
 */
export function reportLayerArtifact(plan: ReportLayer, report: Report): Artifact {
  const { release, baseName, kind } = plan
  const checked = plan.cells.map((cell) => ({ cell, reason: noCellReason(cell.id, release) }))
  const shown = checked.filter(({ reason }) => isShown(reason)).map(({ cell }) => cell)
  const leftOut = checked.flatMap(({ cell: { id }, reason }) => (reason === undefined || isShown(reason) ? [] : [{ id, reason }]))
  const name = `${baseName}.${kind}.layer.json`
  for (const [reason, ids] of groupByReason(leftOut)) {
    const subject = `${countNoun(ids.length, 'technique')} ${ids.length === 1 ? 'has' : 'have'}`
    const message = `${subject} no cell: ${reason} in ATT&CK ${release.version}`
    report('emit/not-representable', { message, count: ids.length, found: ids.join(', '), subject: name })
  }
  const { value } = cleanStrings(buildLayer(plan, shown, leftOut))
  return {
    name,
    emitter: kind,
    schema: 'navigator-layer',
    value,
    counts: { techniques: shown.length, leftOut: leftOut.length },
    render: () => encodeLine(JSON.stringify(value, null, 2)),
  }
}

function isShown(reason: NoCellReason | undefined): boolean {
  return reason === undefined || reason === 'not-in-index'
}

/** A technique without a cell, and the reason. */
interface LeftOut {
  readonly id: string
  readonly reason: NoCellReason
}

function buildLayer(plan: ReportLayer, shown: readonly LayerCell[], leftOut: readonly LeftOut[]): Omit<Layer, 'gradient'> {
  const { title, description, release, legend, facts } = plan
  const colours = new Map(legend.map(({ word, tone }) => [word, toneColours[tone]]))
  const used = new Set(shown.map(({ word }) => word))
  const cells = shown.map(({ id, word, comment }) => ({
    techniqueID: id,
    color: colours.get(word) ?? toneColours.same,
    comment: shortenText(comment, longestComment),
    links: [{ label: `ATT&CK ${stampedVersion(release)}: ${id}`, url: `${attackSite(release)}/techniques/${id.replace('.', '/')}/` }],
  }))
  const missing = [...groupByReason(leftOut)].map(([reason, ids]) =>
    ({ name: `No cell: ${reason}`, value: shortenText(ids.join(', '), longestValue) }))
  return {
    name: shortenText(title, longestName),
    versions: { attack: majorOf(stampedVersion(release)), navigator: navigatorVersion, layer: '4.5' },
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
      label: `ATT&CK ${domainNames[release.domain]} ${titleVersion(release)}`,
      url: `${attackSite(release)}/matrices/${release.domain}/`,
    }],
  }
}

function groupByReason(leftOut: readonly LeftOut[]): ReadonlyMap<NoCellReason, readonly string[]> {
  const groups = new Map<NoCellReason, string[]>()
  for (const { id, reason } of leftOut) addToList(groups, reason, id)
  return groups
}
