import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { pngOptions } from '../../src/emitters/picture/pictures.js'
import { emitSvg } from '../../src/emitters/picture/emit-pictures.js'
import { createDiskHost } from '../../src/io/disk-host.js'
import { parsers } from '../../src/parsers/registry.js'
import { understand } from '../../src/pipeline/convert.js'
import { tool } from '../../src/model/tool.js'
import { emitContext } from '../support/emit-context.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const picture = `${root}docs/pictures/matrix.svg`

/** The picture of README and docs/pictures.md, from input/; `npm run docs` draws it anew. */
it('the picture of the matrix is what the examples give today', async () => {
  const host = createDiskHost({ output: '', extensions: parsers.flatMap(({ extensions }) => extensions) })
  const { attack, sets } = await understand({ inputs: [`${root}input`] }, host)
  const [artifact] = emitSvg(sets.map(({ set }) => set), { ...emitContext(attack), tool }, {
    'picture-size': 'screen', 'picture-techniques': 'all', 'picture-sub-techniques': 'annotated',
    'matrix-score': 'count', 'palette': 'blue',
  })
  const bytes = await artifact?.render() ?? new Uint8Array()
  if (process.env['UPDATE'] === '1') await writeFile(picture, bytes)
  expect(Buffer.compare(await readFile(picture), bytes)).toBe(0)
})

it('the page has every option with its default', async () => {
  const page = await readFile(`${root}docs/pictures.md`, 'utf8')
  for (const [name, spec] of Object.entries(pngOptions)) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`--${name}\``)) ?? ''
    expect([name, row.includes(String(spec.default))]).toEqual([name, true])
    for (const value of spec.kind === 'choice' ? spec.values : []) expect(row).toContain(`\`${value}\``)
  }
})
