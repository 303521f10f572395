import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

/** Makes every loop of the program drop the rows of one control, as a parser with a mistake would. */
const sabotage = `const { push } = Array.prototype
Array.prototype.push = function (...items) {
  return push.apply(this, items.filter((item) => !(item?.kind === 'mapped' && item.capability.id === 'AC-3')))
}`
const env = { NODE_OPTIONS: '--import=./sabotage.mjs' }

function mappingFile(framework: string, ids: readonly string[]): string {
  const metadata = { mapping_framework: framework, mapping_framework_version: '1', attack_version: '16.1', technology_domain: 'enterprise' }
  const rows = ids.map((id) => ({ capability_id: id, attack_object_id: 'T1078', attack_object_name: 'Valid Accounts', mapping_type: 'mitigates' }))
  return JSON.stringify({ metadata, mapping_objects: rows }, undefined, 2)
}

it('a row that a parser drops is named, with exit code 3, and everything else is written', async () => {
  const cwd = await createFolder()
  await writeFile(join(cwd, 'sabotage.mjs'), sabotage)
  await writeFile(join(cwd, 'one.json'), mappingFile('one', ['AC-2', 'AC-3', 'AC-4']))
  await writeFile(join(cwd, 'two.json'), mappingFile('two', ['AC-2']))
  const whole = await runCrosswalk(['convert', 'one.json', 'two.json', '--to', 'csv'], { cwd })
  expect(whole.code).toBe(0)
  const run = await runCrosswalk(['convert', 'one.json', 'two.json', '--to', 'csv', '--output', 'sabotaged'], { cwd, env })
  expect(run.code).toBe(3)
  expect(run.stderr).toContain('error parse/unaccounted')
  expect(run.stderr).toContain('this is a fault of Crosswalk, not of the document')
  expect(run.stderr).toContain('found: one.json#/mapping_objects/1\n')
  expect(run.stderr).toContain('Report it with the command line')
  const written = await readdir(join(cwd, 'sabotaged'))
  expect(written.filter((name) => name.endsWith('.csv'))).toHaveLength(2)
  const inspected = await runCrosswalk(['inspect', 'one.json'], { cwd, env })
  expect(inspected.code).toBe(3)
})
