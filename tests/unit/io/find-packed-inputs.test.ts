import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findInputs } from '../../../src/io/find-inputs.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-'))
  for (const name of ['a.json', 'b.json.gz', 'c.YAML.GZ', 'd.tar.gz', 'gz']) await writeFile(path.join(folder, name), 'x')
})
afterAll(() => rm(folder, { recursive: true }))

it('finds packed documents by the name below .gz', async () => {
  const skipped: string[] = []
  const found = await findInputs([folder], { readable: new Set(['json', 'yaml']) }, (code) => void skipped.push(code))
  expect(found.map(({ name }) => name)).toEqual(['a.json', 'b.json.gz', 'c.YAML.GZ'])
  expect(skipped).toEqual(['read/skipped', 'read/skipped'])
})
