import type { ReportData } from '../report-data.js'
import type { CellCounts } from '../view/count-cells.js'
import { countCovered } from '../view/count-covered.js'
import { describeCovered } from '../view/describe-covered.js'
import { isSubTechnique } from '../view/is-sub-technique.js'

/** Fills other counts into the tables of coverage that the page came with. */
export function showCoverage(data: ReportData, counts: CellCounts): void {
  const isSub = (technique: number): boolean => isSubTechnique(data, technique)
  for (const table of document.querySelectorAll<HTMLElement>('table.coverage')) {
    const tactics = data.matrices[Number(table.dataset['matrix'])]?.tactics ?? []
    const lines = [...tactics.map(({ entries }) => entries), tactics.flatMap(({ entries }) => entries)]
    for (const [index, line] of [...table.querySelectorAll('tbody tr, tfoot tr')].entries()) {
      const { techniques, subTechniques, share, width } = describeCovered(countCovered(lines[index] ?? [], counts, isSub))
      for (const [cell, text] of [techniques, subTechniques, share].entries()) {
        const place = line.querySelectorAll('td')[cell]
        if (place) place.textContent = text
      }
      line.querySelector('.fill')?.setAttribute('width', String(width))
    }
  }
}
