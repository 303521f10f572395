import type { ReportData } from '../report-data.js'
import { countCovered, describeCovered, isSubTechnique, writeCount } from '../view/counts.js'
import { createRowSearch, filterRows } from '../view/find-rows.js'
import { allRows, type CellCounts, countCells } from '../view/matrix-cells.js'
import { createDialog, describeCapability, describeRow, describeTechnique, type Report } from './details.js'
import { create, find, isolate, toggleHidden } from './elements.js'
import { createFilterForm } from './filter-form.js'
import { createMatrixView } from './matrix-view.js'
import { createRowsTable } from './rows-table.js'

/** Makes the page interactive. */
function start(): void {
  const data: ReportData = JSON.parse(find('data').textContent)
  document.documentElement.classList.add('script')
  const dialog = createDialog()
  const report: Report = {
    data,
    openTechnique: (technique) => dialog.open(() => describeTechnique(report, technique)),
    openCapability: (capability) => dialog.open(() => describeCapability(report, capability)),
    openRow: (row) => dialog.open(() => describeRow(report, row)),
  }
  const search = createRowSearch(data)
  const matrix = createMatrixView(data, countCells(data, allRows(data)), report.openTechnique)
  const table = createRowsTable(report)
  const filters = createFilterForm(data, update)
  const filtered = find('filtered')
  const status = create('p', { role: 'status', class: 'status' })
  const printed = create('p', { class: 'printed', hidden: '' })
  filters.form.append(status)
  find('filters').append(filters.form, printed)
  find('mappings').append(table.element)
  find('print').addEventListener('click', () => print())
  startTheme()
  update()

  function update(): void {
    const rows = filterRows(data, filters.query(), search)
    const counts = countCells(data, rows)
    matrix.show(counts, filters.tactic())
    showCoverage(data, counts)
    table.show(rows)
    const techniques = counts.capabilities.filter((count) => count > 0).length
    filtered.textContent = `${writeCount(rows.length)} rows found`
    toggleHidden(filtered, rows.length === data.rows.set.length)
    const found = `${writeCount(rows.length)} of ${writeCount(data.rows.set.length)} rows`
    status.textContent = `${found}; ${writeCount(techniques)} techniques of the matrix mapped`
    const asked = filters.asked()
    const parts = asked.flatMap(({ label, value }, index) => [`${index === 0 ? '' : '; '}${label}: `, isolate(value)])
    printed.replaceChildren(`What follows is a part, ${found}. `, ...parts)
    toggleHidden(printed, asked.length === 0)
  }
}

start()

/** Updates the coverage tables, which are in the page already. */
function showCoverage(data: ReportData, counts: CellCounts): void {
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

/** The button that switches between dark and light; the system's setting applies until then. The choice is not stored. */
function startTheme(): void {
  const button = find('theme')
  const system = matchMedia('(prefers-color-scheme: dark)')
  const isDark = (): boolean => {
    const { theme } = document.documentElement.dataset
    return theme === undefined ? system.matches : theme === 'dark'
  }
  const name = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark'
  }
  button.addEventListener('click', () => {
    document.documentElement.dataset['theme'] = isDark() ? 'light' : 'dark'
    name()
  })
  system.addEventListener('change', name)
  name()
}
