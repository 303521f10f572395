import { expect, it } from 'vitest'
import { loadAttackIndex } from '../../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { findLayerContradictions } from '../../../src/emitters/navigator/validate-layer.js'
import { reportLayerArtifact, type LayerCell } from '../../../src/emitters/navigator/report-layer.js'
import { schemaErrors } from '../../../src/schemas/schema-errors.js'
import { sampleReport } from './sample-report.js'

const attack = await loadAttackIndex()

function build(cells: readonly LayerCell[]) {
  const log = createDiagnosticLog()
  const { legend } = sampleReport([])
  const release = attack.release('enterprise', '16.1')
  const artifact = reportLayerArtifact({
    kind: 'sample',
    baseName: 'things',
    title: 'Things',
    description: 'What came.',
    release,
    legend,
    cells,
    facts: [{ label: 'Rows', value: 0 }],
  }, log.report)
  return { artifact, diagnostics: log.entries }
}

it('colours techniques by the legend, opens parents, and satisfies format 4.5', async () => {
  const { artifact } = build([{ id: 'T1553.002', word: 'added', comment: 'It came.' }])
  expect(artifact.name).toBe('things.sample.layer.json')
  expect(await schemaErrors('navigator-layer', artifact.value)).toEqual([])
  expect(findLayerContradictions(artifact.value)).toEqual([])
  expect(artifact.value).toMatchObject({
    versions: { attack: '16', layer: '4.5' },
    domain: 'enterprise-attack',
    techniques: [
      { techniqueID: 'T1553', showSubtechniques: true },
      { techniqueID: 'T1553.002', color: '#56b4e9', comment: 'It came.' },
    ],
    legendItems: [{ label: 'added: it came', color: '#56b4e9' }],
  })
})

it('reports techniques that Navigator would skip in silence, and names them', () => {
  const { artifact, diagnostics } = build([
    { id: 'T1086', word: 'removed', comment: 'x' },
    { id: 'T9999', word: 'added', comment: 'x' },
    { id: 'T1078', word: 'added', comment: 'x' },
  ])
  expect(artifact.counts).toEqual({ techniques: 1, leftOut: 2 })
  expect(diagnostics.map(({ code, found }) => `${code} ${found ?? ''}`))
    .toEqual(['emit/not-representable T1086', 'emit/not-representable T9999'])
  expect(artifact.value).toMatchObject({
    metadata: [
      { name: 'Rows', value: '0' }, { name: 'No cell: revoked', value: 'T1086' }, { name: 'No cell: unknown', value: 'T9999' },
    ],
  })
})
