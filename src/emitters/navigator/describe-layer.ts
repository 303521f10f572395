import { domainNames, stampedVersion, titleVersion } from '../../attack/attack-index.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { shortenText } from '../../model/text.js'
import type { MappedRow } from '../../model/mapping.js'
import { frameworkTitle } from '../table/set-facts.js'
import { joinBlocks, labelRelation, type MetadataItem } from './layer.js'
import type { LossLedger } from './loss-ledger.js'
import type { Cell, LayerPlan, LayerSlice } from './plan-layers.js'

const longestName = 120
const longestValue = 500
const mostSources = 50
const shaDigits = 12

/** Name of a layer: "AWS 12/12/2024 to ATT&CK Enterprise 16.1", followed by its title in a list of layers: ": protect". */
export function nameLayer({ set, release }: LayerPlan, title: string | undefined): string {
  const name = `${frameworkTitle(set)} to ATT&CK ${domainNames[set.attack.domain]} ${stampedVersion(release)}`
  return shortenText(title === undefined ? name : `${name}: ${title}`, longestName)
}

/** Description of a layer: counts, meaning of the scores, date of the mappings. */
export function describeLayer(plan: LayerPlan, { title, cells, rows }: LayerSlice): string {
  const { about } = plan.set
  const capabilities = new Set(rows.map(({ capability }) => capability)).size
  const date = about.modified ?? about.created ?? plan.context.created
  const pairs = `${countNoun(rows.length, 'mapping')} of ${countNoun(capabilities, 'capability')}`
  return [
    `${nameLayer(plan, title)}: ${pairs} to ${countNoun(cells.length, 'technique')}.`,
    scoreSentences[plan.score],
    ...(date === undefined ? [] : [`Mappings as of ${date}.`]),
  ].join(' ')
}

/** Meaning of a score, by `--layer-score`. */
export const scoreSentences = {
  count: 'A score is the number of capabilities mapped to the technique.',
  best: 'A score is the best value that a mapping states: minimal 1, partial 2, significant 3.',
  weighted: "A score is the sum of each capability's best value: minimal 1, partial 2, significant 3.",
} as const

/** Metadata of a layer in three blocks: facts about the set, counts of rows shown and left out, source documents. */
export function listLayerMetadata(plan: LayerPlan, slice: LayerSlice, own: LossLedger): readonly MetadataItem[] {
  const blocks = [statedFacts(plan), countedRows(plan, slice, own), sourceFacts(plan)]
  return joinBlocks(blocks.map((block) => writeFacts(block, plan.ledger)))
}

type Fact = readonly [name: string, value: string | undefined]

function statedFacts({ set, release }: LayerPlan): readonly Fact[] {
  const { about, attack, framework } = set
  const shown = `${domainNames[attack.domain]} ${titleVersion(release)}`
  const otherwise = attack.version === undefined ? 'not stated by the documents' : `the documents state ${attack.version}`
  return [
    ['Framework', `${framework.name} (${framework.id})`],
    ['Framework version', framework.version],
    ['ATT&CK', release.match === 'exact' || release.stated !== undefined ? shown : `${shown} (${otherwise})`],
    ['Mapping version', about.mappingVersion],
    ['Author', about.name],
    ['Organization', about.organization],
    ['Contact', about.contact],
    ['Created', about.created],
    ['Modified', about.modified],
    ['Version schema', about.versionSchema],
  ]
}

function countTechniques(rows: readonly MappedRow[]): string {
  return `${rows.length} (${countNoun(new Set(rows.map((row) => row.technique.id)).size, 'technique')})`
}

function countedRows({ set, selection }: LayerPlan, { cells, rows }: LayerSlice, own: LossLedger): readonly Fact[] {
  const leftOut = (['unknown', 'revoked', 'deprecated'] as const).map((reason): Fact => {
    const found = selection.leftOut.filter((entry) => entry.reason === reason).map(({ row }) => row)
    return [`Rows left out: ${reason} techniques`, found.length === 0 ? undefined : countTechniques(found)]
  })
  return [
    ['Rows shown', `${rows.length} of ${set.mappings.length}`],
    ['Techniques shown', String(cells.length)],
    ['Rows whose technique is not in the index', selection.notInIndex.length === 0 ? undefined : countTechniques(selection.notInIndex)],
    ['Techniques without a score', countText(cells.filter((cell) => cell.score === undefined).length)],
    ['Mapping types', listRelations(set, cells)],
    ['Unmapped capabilities', countText(selection.unmappedCapabilities)],
    ['Unmapped techniques', countText(selection.unmappedTechniques)],
    ...leftOut,
    ['Metadata entries not shown', countText(own.count('metadata'))],
    ['Links not shown', countText(own.count('link'))],
    ['Comments cut or not shown', countText(own.count('comment'))],
  ]
}

/** Mapping types with the number of their rows, in the order of the cells. */
function listRelations(set: LayerPlan['set'], cells: readonly Cell[]): string | undefined {
  const tallies = new Map<string, { rows: number }>()
  for (const { rows } of cells) {
    for (const { row: { relation } } of rows) {
      if (relation === undefined) continue
      const tally = tallies.get(relation)
      if (tally) tally.rows++
      else tallies.set(relation, { rows: 1 })
    }
  }
  return tallies.size === 0 ? undefined : Array.from(tallies, ([id, { rows }]) => `${labelRelation(set, id)} (${rows})`).join(', ')
}

function sourceFacts({ set, context, ledger }: LayerPlan): readonly Fact[] {
  const shown = set.sources.slice(0, mostSources)
  ledger.add('source', set.sources.length - shown.length)
  const more = set.sources.length > shown.length ? countNoun(set.sources.length - shown.length, 'more document') : undefined
  return [
    ...shown.map(({ name, sha256, rows }): Fact => [
      'Source',
      `${shortenText(name, longestName)} (${countNoun(rows, 'row')}, sha256 ${sha256.slice(0, shaDigits)})`,
    ]),
    ['Source', more],
    ['Made by', `${context.tool.name} ${context.tool.version}`],
  ]
}

/** Converts facts to metadata entries. Blank ones are left out: Navigator drops them silently. */
function writeFacts(facts: readonly Fact[], ledger: LossLedger): readonly MetadataItem[] {
  const items: MetadataItem[] = []
  for (const [name, stated = ''] of facts) {
    if (stated.trim() === '') continue
    const value = shortenText(stated, longestValue)
    if (value !== stated) ledger.add('text')
    items.push({ name, value })
  }
  return items
}

function countText(total: number): string | undefined {
  return total === 0 ? undefined : String(total)
}
