import type { ReportData } from '../report-data.js'
import { allRows, countCells } from '../view/count-cells.js'
import { filterRows } from '../view/filter-rows.js'
import { createRowSearch } from '../view/search-rows.js'
import { writeCount } from '../view/write-count.js'
import { showCoverage } from './coverage-view.js'
import { describeCapability, describeRow, describeTechnique } from './details.js'
import { createDialog } from './dialog.js'
import { create, find, isolate, toggleHidden } from './elements.js'
import { createFilterForm } from './filter-form.js'
import { createMatrixView } from './matrix-view.js'
import type { Report } from './report.js'
import { createRowsTable } from './rows-table.js'
import { startTheme } from './theme.js'

/** Makes the page answer: what it shows without this stays as it is until something is asked for. */
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
