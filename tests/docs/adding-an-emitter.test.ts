import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { emitContext } from '../support/emit-context.js'
import { sampleSet } from '../support/sample-sets.js'
import { emitterContract } from '../contract/emitter-contract.js'
import { jsonTable } from './adding-an-emitter/json-table.js'

const page = readFileSync(new URL('../../docs/adding-an-emitter.md', import.meta.url), 'utf8')

/** The page's code, by the file that its first line names. */
function codeBlocks(): ReadonlyMap<string, string> {
  return new Map(Array.from(page.matchAll(/```ts\n\/\/ src\/emitters\/json-table\/(\S+)\n([^`]*(?:`(?!``)[^`]*)*)```/g), ([, name = '', code = '']) => [name, code]))
}

/** A file of the example, with its imports as they are written in src/emitters. */
function exampleFile(name: string): string {
  const code = readFileSync(new URL(`adding-an-emitter/${name}`, import.meta.url), 'utf8')
  return code.replaceAll("'../../../src/emitters/", "'../").replaceAll("'../../../src/", "'../../")
}

describe('the example of docs/adding-an-emitter.md', () => {
  it.each(['json-table.ts', 'emit-json-table.ts'])('prints %s as it is compiled here', (name) => {
    expect(codeBlocks().get(name)).toBe(exampleFile(name))
  })

  it('prints all code that it names, and no other', () => {
    expect([...codeBlocks().keys()].toSorted()).toEqual(['emit-json-table.ts', 'json-table.ts'])
  })

  it('prints what it writes', async () => {
    const [artifact] = await jsonTable.emit([sampleSet()], emitContext(), { 'json-table-first': 'technique' })
    const written = new TextDecoder().decode(await artifact?.render())
    expect(page).toContain(`\`\`\`json\n${written}\`\`\``)
  })
})

describe('json-table', () => {
  emitterContract(jsonTable)
})
