import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { buildMatrix } from '../../src/coverage/matrix.js'
import { coverSet } from '../../src/coverage/cover-set.js'
import type { Coverage } from '../../src/coverage/coverage.js'
import { uniteCoverage } from '../../src/coverage/unite-coverage.js'
import { buildReport } from '../../src/emitters/html/emit-report.js'
import type { ReportData, ReportMatrix } from '../../src/emitters/html/report-data.js'
import { allRows, countCells } from '../../src/emitters/html/view/matrix-cells.js'
import { countCovered, isSubTechnique } from '../../src/emitters/html/view/counts.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { emitContext } from '../support/emit-context.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { shared, sharedFolder } from '../support/shared.js'

const mappingFiles = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json')).toSorted()

/** What the report's matrix says: of each tactic the ids, and how many of them are mapped. */
function summariseMatrix(data: ReportData, { tactics }: ReportMatrix): readonly unknown[] {
  const counts = countCells(data, allRows(data))
  return tactics.map(({ entries }) => {
    const { techniques, ofTechniques, subTechniques, ofSubTechniques } = countCovered(entries, counts, (index) => isSubTechnique(data, index))
    const ids = entries.flat().map((index) => data.techniques[index]?.id)
    return [ids, techniques, ofTechniques, subTechniques, ofSubTechniques]
  })
}

/** The same, as the analysis of coverage has it. */
function summariseCoverage(coverage: Coverage): readonly unknown[] {
  return buildMatrix(coverage).map(({ entries, counts: { techniques, subTechniques } }) => {
    const ids = entries.flatMap(({ technique, subTechniques: subs }) => [technique.id, ...subs.map(({ id }) => id)])
    return [ids, techniques.mapped, techniques.attack, subTechniques.mapped, subTechniques.attack]
  })
}

/** What rows say, as the report has it. */
function listRows({ rows, capabilities, techniques, texts }: ReportData): readonly unknown[] {
  return rows.set.map((_set, row) => [
    capabilities[rows.capability[row] ?? -1]?.id,
    techniques[rows.technique[row] ?? -1]?.id,
    ...[rows.category, rows.value, rows.status, rows.comments].map((column) => texts[column?.[row] ?? -1]),
    rows.references?.[row]?.map((reference) => texts[reference]) ?? [],
  ])
}

function listModel({ mappings }: ResolvedSet): readonly unknown[] {
  return mappings.map((row) => [
    row.kind === 'unmapped-technique' ? undefined : row.capability.id,
    row.kind === 'unmapped-capability' ? undefined : row.technique.id,
    row.score?.category, row.score?.value, row.status, row.comments, row.references ?? [],
  ])
}

describe.skipIf(sharedFolder === undefined)('the report of CTID\'s mapping files', () => {
  it.each(mappingFiles)('of %s holds every row, and counts as the coverage does', async (name) => {
    const attack = await loadAttackIndex()
    for (const set of await readSharedSets(name, attack)) {
      const context = emitContext(attack)
      const data = buildReport([set], context)
      expect(await schemaErrors('html-report', data)).toEqual([])
      expect(listRows(data)).toEqual(listModel(set))
      expect(data.matrices.map((matrix) => summariseMatrix(data, matrix))).toEqual([summariseCoverage(coverSet({ label: 'x', set }, attack))])
      expect(context.log.entries.filter(({ code }) => code === 'emit/not-representable')).toEqual([])
    }
  })

  it('of all of them together counts as their union does', async () => {
    const attack = await loadAttackIndex()
    const sets = (await Promise.all(mappingFiles.map((name) => readSharedSets(name, attack)))).flat()
    const data = buildReport(sets, emitContext(attack))
    const unions = uniteCoverage(sets.map((set, index) => coverSet({ label: String(index), set }, attack)))
    expect(data.matrices.map((matrix) => summariseMatrix(data, matrix)).slice(0, unions.length)).toEqual(unions.map(summariseCoverage))
    expect(data.counts.rows).toBe(data.rows.technique.length)
  })
})
