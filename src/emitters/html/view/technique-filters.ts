import { compareText } from '../../../model/text.js'
import type { ReportData } from '../report-data.js'
import { listAdversaryChoices } from './adversaries.js'
import type { TechniquePart } from './find-rows.js'

/** A filter by a property of techniques: its values, each with the techniques that have it. */
interface TechniqueFilter {
  readonly part: TechniquePart
  readonly label: string
  readonly choices: readonly TechniqueChoice[]
}

interface TechniqueChoice {
  readonly name: string
  readonly techniques: ReadonlySet<number>
  /** The heading of its group. */
  readonly under: string
}

/** The filters by tactic, platform and adversary; without platforms or adversaries, there are none of them. */
export function listTechniqueFilters(data: ReportData): readonly TechniqueFilter[] {
  const tactics = data.matrices.flatMap(({ title, tactics: list }) =>
    list.map(({ name, entries }): TechniqueChoice => ({ name, under: title, techniques: new Set(entries.flat()) })))
  const platforms = data.platforms
    .map((name, platform): TechniqueChoice => ({ name, under: '', techniques: findOnPlatform(data, platform) }))
    .toSorted((a, b) => compareText(a.name.toLowerCase(), b.name.toLowerCase()))
  const adversaries = listAdversaryChoices(data).map(({ name, techniques }): TechniqueChoice => ({ name, under: '', techniques }))
  const filters: readonly TechniqueFilter[] = [
    { part: 'tactic', label: 'Tactic', choices: tactics },
    { part: 'platform', label: 'Platform', choices: platforms },
    { part: 'against', label: 'Adversary', choices: adversaries },
  ]
  return filters.filter(({ part, choices }) => choices.length > (part === 'platform' ? 1 : 0))
}

function findOnPlatform({ techniques }: ReportData, platform: number): ReadonlySet<number> {
  return new Set(techniques.flatMap(({ platforms = [] }, technique) => (platforms.includes(platform) ? [technique] : [])))
}
