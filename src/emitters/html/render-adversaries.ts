import { bundleAddress } from '../../coverage/cover-against.js'
import { isolate, markup, type Markup, renderTable } from './markup.js'
import type { ReportAdversary, ReportData } from './report-data.js'
import { describeUsed, listUsed, nameAdversary, techniquesInMatrices, type UsedTechnique } from './view/adversaries.js'
import { writeAddress } from './view/address.js'
import type { CellCounts } from './view/matrix-cells.js'

/** The section Adversaries: for each what of its techniques is covered, by what, and what is not. */
export function renderAdversaries(data: ReportData, counts: CellCounts): Markup {
  const { adversaries = [] } = data
  const inMatrix = techniquesInMatrices(data)
  const capabilities = listCapabilities(data)
  return markup`<section id="adversaries" aria-labelledby="adversaries-title"><h2 id="adversaries-title">Adversaries</h2>
<p>Techniques that adversaries use, according to ${adversaries[0]?.from ?? 'ATT&CK'}, and the capabilities that map to them. A group uses what
ATT&amp;CK says of the group itself and of the campaigns attributed to it. That its software can do something is no evidence that the group did it.</p>
${adversaries.map((adversary) => renderAdversary(data, adversary, listUsed(data, adversary, counts, inMatrix), capabilities))}</section>`
}

/** How to get adversaries into the report, for a report without. */
export function renderAdversaryHint(): Markup {
  return markup`<h3>Gaps against an adversary</h3>
<p>This report can also show what of the techniques of a group, a campaign or software is covered. Which they use is in MITRE's bundles only:
download enterprise-attack.json from <a href="${bundleAddress}" rel="noopener noreferrer" target="_blank">${bundleAddress}</a>, and convert again with
<code>--attack enterprise-attack.json --against APT29</code>, or with other names or ids.</p>`
}

function renderAdversary(
  data: ReportData, adversary: ReportAdversary, used: readonly UsedTechnique[], capabilities: ReadonlyMap<number, readonly string[]>,
): Markup {
  const name = nameAdversary(adversary)
  const also = adversary.aliases.length === 0 ? markup`` : markup`<p class="small">Also called ${isolate(adversary.aliases.join(', '))}</p>
`
  return markup`<h3>${isolate(name)}</h3>
<p>${describeUsed(adversary, used).join(' ')} <a class="needs-script" href="${writeAddress({ view: 'matrix', against: name })}">Show in the matrix</a></p>
${also}${renderTable(`Techniques of ${name}: ${used.length}`, [
    { title: 'Technique', cell: ({ technique }: UsedTechnique) => nameTechnique(data, technique) },
    { title: 'State', cell: ({ state }) => markup`<span class="state ${state.replaceAll(' ', '-')}">${state}</span>` },
    { title: 'Used', cell: ({ uses }) => isolate(uses.join('; ')) },
    { title: 'Capabilities', cell: ({ technique }) => nameCapabilities(capabilities.get(technique) ?? []) },
  ], used)}`
}

function nameTechnique({ techniques }: ReportData, index: number): Markup {
  const { id = '', name = '' } = techniques[index] ?? {}
  return isolate(`${id} ${name}`.trim())
}

const mostCapabilities = 12

function nameCapabilities(ids: readonly string[]): Markup {
  const more = ids.length > mostCapabilities ? ` and ${ids.length - mostCapabilities} more` : ''
  return markup`${isolate(ids.slice(0, mostCapabilities).join(', '))}${more}`
}

/** The capabilities that map to each technique, by the rules of the counts; of several sets, each after the title of its set. */
function listCapabilities(data: ReportData): ReadonlyMap<number, readonly string[]> {
  const { rows, sets, capabilities, texts } = data
  const unmappable = texts.indexOf('non_mappable')
  const outside = sets.map((set) => new Set(set.outside.map(({ technique }) => technique)))
  const found = new Map<number, Set<number>>()
  for (const [row, technique] of rows.technique.entries()) {
    const capability = rows.capability[row] ?? -1
    const isDenied = unmappable >= 0 && rows.status?.[row] === unmappable
    if (technique < 0 || capability < 0 || isDenied || outside[rows.set[row] ?? -1]?.has(technique) === true) continue
    found.set(technique, (found.get(technique) ?? new Set()).add(capability))
  }
  const nameOf = (index: number): string => {
    const { id = '', set = -1 } = capabilities[index] ?? {}
    return sets.length === 1 ? id : `${sets[set]?.title ?? ''}: ${id}`
  }
  return new Map(Array.from(found, ([technique, all]) => [technique, Array.from(all, nameOf)]))
}
