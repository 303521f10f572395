import type { Covered } from './count-covered.js'
import { writeShare } from './write-count.js'

/** A line of the tables of coverage: its cells, and how long its bar is, from 0 to 100. */
export interface CoveredLine {
  readonly techniques: string
  readonly subTechniques: string
  readonly share: string
  readonly width: number
}

/** Says in words how much of a tactic is covered. */
export function describeCovered({ techniques, ofTechniques, subTechniques, ofSubTechniques }: Covered): CoveredLine {
  const part = techniques + subTechniques
  const whole = ofTechniques + ofSubTechniques
  return {
    techniques: `${techniques} of ${ofTechniques}`,
    subTechniques: `${subTechniques} of ${ofSubTechniques}`,
    share: writeShare(part, whole),
    width: whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10,
  }
}
