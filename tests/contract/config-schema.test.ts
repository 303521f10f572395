import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { convertCommand } from '../../src/cli/commands/convert.js'
import { listEmitterOptions } from '../../src/cli/writing.js'
import type { OptionSpec } from '../../src/emitters/emitter.js'

const file = fileURLToPath(new URL('../../schemas/config.schema.json', import.meta.url))
/** Options that make no sense in a file. */
const onlyTyped: ReadonlySet<string> = new Set(['config', 'help', 'shard'])

interface ConfigSchema {
  properties: Record<string, object>
}

function describeSpec(spec: OptionSpec): object {
  if (spec.kind === 'choice') return { enum: spec.values }
  return { type: spec.kind }
}

it('the settings are the options of convert, and those of the emitters have their types', async () => {
  const schema: ConfigSchema = JSON.parse(await readFile(file, 'utf8'))
  const own = Object.fromEntries(listEmitterOptions().map(({ name, spec }) => [name, describeSpec(spec)]))
  const names = convertCommand().options.map(({ long }) => (long ?? '').replace(/^--(?:no-)?/,
    '')).filter((name) => !onlyTyped.has(name))
  if (process.env['UPDATE'] === '1') {
    const kept = Object.entries(schema.properties).filter(([name]) => name === 'input' || names.includes(name))
    const properties = Object.fromEntries([...kept, ...Object.entries(own)])
    await writeFile(file, `${JSON.stringify({ ...schema, properties }, undefined, 2)}\n`)
  }
  const { properties }: ConfigSchema = JSON.parse(await readFile(file, 'utf8'))
  expect(properties).toMatchObject(own)
  expect(Object.keys(properties).toSorted()).toEqual(['input', ...names].toSorted())
})
