import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { shared, sharedFolder } from '../support/shared.js'
import {
  readBundleRows, readCells, readCsvRows, readRelationshipTexts, readWorkbookRows, type PrintedRow,
} from './read-rows.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const codeSigning = '000_dae5c23ddce6e740.txt'
const certificates = '003_6cee7666cfa6328b.txt'

/** A row as the seed prints it; its comments are the line of the page with that number. */
type SeedRow = readonly [page: string, capability: string, description: string, relation: string, commentLine?: number]

const seeds: Readonly<Record<string, readonly SeedRow[]>> = {
  veris: [[codeSigning, 'action.malware.variety.Disable controls', 'Disable or interfere with security controls', 'related-to']],
  azure: [[codeSigning, 'azure_dedicated_hsm', 'Azure Dedicated HSM', 'technique_scores', 21]],
  aws: [[codeSigning, 'aws_cloudhsm', 'AWS CloudHSM', 'technique_scores', 29]],
  m365: [
    [codeSigning, 'DEF-AACI-E3', 'Adaptive Application Control Integration', 'Technique Scores', 37],
    [codeSigning, 'DEF-AACI-E3', 'Adaptive Application Control Integration', 'Technique Scores', 41],
  ],
  gcp: [
    [certificates, 'cloud_hardware_security_module_(hsm)', 'Cloud Hardware Security Module (HSM)', 'technique_scores', 14],
    [certificates, 'cloud_key_management', 'Cloud Key Management', 'technique_scores', 18],
    [certificates, 'cloud_storage', 'Cloud Storage', 'technique_scores', 22],
  ],
}

function printedRow([page, capability, description, relation, line]: SeedRow): PrintedRow {
  const lines = readFileSync(shared(`seeds/${page}`), 'utf8').split('\n')
  const [technique, name] = page === codeSigning
    ? ['T1553.002', 'Code Signing']
    : ['T1588.003', 'Code Signing Certificates']
  return { capability, description, relation, technique, name, comments: line === undefined ? '' : lines[line - 1] ?? '' }
}

describe.skipIf(sharedFolder === undefined)('the two pages that the project started from', () => {
  it('become five sets with four artifacts each, every row as printed in all of them', async () => {
    const cwd = await createFolder()
    const { code, stdout } = await runCrosswalk(['convert', shared('seeds')], { cwd })
    expect(stdout).toContain('Read 2 documents: 5 mapping sets, 8 rows, 7 capabilities\n')
    expect(stdout).toContain('Wrote 30 artifacts to output\n')
    expect(code).toBe(0)
    const output = join(cwd, 'output')
    for (const [framework, rows] of Object.entries(seeds)) {
      const name = `${framework}_attack-enterprise`
      const printed = rows.map(printedRow)
      expect(await readCsvRows(output, name)).toEqual(printed)
      expect(await readWorkbookRows(output, name)).toEqual(printed)
      expect(await readBundleRows(output, name)).toEqual(printed)
      const cells = await readCells(output, name)
      const relationships = await readRelationshipTexts(output, name)
      for (const { technique, capability, description, relation, name: techniqueName, comments } of printed) {
        for (const text of [capability, description, relation, comments]) expect(cells.get(technique)).toContain(text)
        const texts = [capability, description, relation, comments, technique, techniqueName]
        expect(relationships.some((shown) => texts.every((text) => shown.includes(text)))).toBe(true)
      }
    }
  })

  it('are the only sources that the manifest names', async () => {
    const cwd = await createFolder()
    await runCrosswalk(['convert', shared('seeds')], { cwd })
    const manifest: unknown = JSON.parse(await readFile(join(cwd, 'output', 'manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({ sources: [
      { name: codeSigning, parser: 'text-page', rows: 5 },
      { name: certificates, parser: 'text-page', rows: 3 },
    ] })
  })
})
