import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { convert } from '../../src/pipeline/convert.js'
import { createMemoryHost } from '../../src/pipeline/host.js'
import type { ConvertRequest } from '../../src/pipeline/requests.js'
import { reportText } from '../../src/diagnostics/reporters/report-text.js'
import { toModelDocument } from '../../src/model/mapping-set.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'

/**
 * Each folder beside this file is a case: `input.*` and, if need be, `request.json`. A parser is judged on `model.json`
 * and `diagnostics.txt`, an emitter on `out/`. UPDATE=1 rewrites them: read what it wrote before you commit it.
 */
const root = path.dirname(fileURLToPath(import.meta.url))
const update = process.env['UPDATE'] === '1'
const cases = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)

describe.each(cases)('%s', (name) => {
  const folder = path.join(root, name)

  it('is understood, told and written as expected', async () => {
    const host = createMemoryHost(Object.fromEntries(
      readdirSync(folder).filter((file) => file.startsWith('input')).map((file) => [file, readFileSync(path.join(folder, file))])))
    const report = await convert({ inputs: [], emitters: [], ...readRequest(folder) }, host)
    const models = report.sets.map(({ set }) => toModelDocument(set))

    for (const model of models) expect(await schemaErrors('model', model)).toEqual([])
    await compareModels(path.join(folder, 'model.json'), models)
    await compare(path.join(folder, 'diagnostics.txt'), reportText(report.diagnostics, { verbose: true }))
    await compareOutputs(path.join(folder, 'out'), host.written)
  })

  it('says why it exists', () => {
    expect(readFileSync(path.join(folder, 'README.md'), 'utf8').trim().length).toBeGreaterThan(20)
  })
})

function readRequest(folder: string): Partial<ConvertRequest> {
  const file = path.join(folder, 'request.json')
  const request: Partial<ConvertRequest> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return request
}

/** A workbook is a zip: its cells are judged by the tests of its emitter. */
async function compareOutputs(folder: string, written: ReadonlyMap<string, Uint8Array>): Promise<void> {
  if (update) rmSync(folder, { recursive: true, force: true })
  const texts = [...written].filter(([file]) => !file.endsWith('.xlsx'))
  for (const [file, bytes] of texts) await compare(path.join(folder, file), new TextDecoder().decode(bytes))
  const present = existsSync(folder) ? readdirSync(folder).toSorted() : []
  expect(present).toEqual(texts.map(([file]) => file).toSorted())
}

/** Models are equal whatever the order of their keys. */
async function compareModels(file: string, models: readonly object[]): Promise<void> {
  if (update) await writeFile(file, `${JSON.stringify(models, null, 2)}\n`)
  expect(models).toEqual(JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '[]'))
}

async function compare(file: string, actual: string): Promise<void> {
  if (update) {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, actual)
  }
  expect(actual).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '(no such file)')
}
