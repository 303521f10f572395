import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { reportText } from '../../src/diagnostics/reporters/report-text.js'
import { itemsAt } from '../contract/count-rows.js'
import { parserContract } from '../contract/parser-contract.js'
import { parserSamples, type ParserSample } from '../contract/parser-samples.js'
import { readDocument } from '../support/read-document.js'
import { controlList } from './adding-a-parser/control-list.js'

const page = readFileSync(new URL('../../docs/adding-a-parser.md', import.meta.url), 'utf8')
const path = 'controls/*/mitigates/*'
const list = /```json\n([^`]*)```/.exec(page)?.[1] ?? ''

/** The page's code, by the file that its first line names. */
function codeBlocks(): ReadonlyMap<string, string> {
  const pattern = /```ts\n\/\/ src\/parsers\/control-list\/(\S+)\n([^`]*(?:`(?!``)[^`]*)*)```/g
  return new Map(Array.from(page.matchAll(pattern), ([, name = '', code = '']) => [name, code]))
}

/** A file of the example, with its imports as they are written in src/parsers. */
function exampleFile(name: string): string {
  const code = readFileSync(new URL(`adding-a-parser/${name}`, import.meta.url), 'utf8')
  return code.replaceAll("'../../../src/parsers/", "'../").replaceAll("'../../../src/", "'../../")
}

describe('the example of docs/adding-a-parser.md', () => {
  it.each(['control-list.ts', 'parse-control-list.ts'])('prints %s as it is compiled here', (name) => {
    expect(codeBlocks().get(name)).toBe(exampleFile(name))
  })

  it('prints all code that it names, and no other', () => {
    expect([...codeBlocks().keys()].toSorted()).toEqual(['control-list.ts', 'parse-control-list.ts'])
  })

  it('prints the sample of the list as it is checked here', () => {
    const [, name, where] = /\{ name: '(\S+)', content: list, .*countRows: itemsAt\('(\S+)'\) \}/.exec(page) ?? []
    expect([name, where]).toEqual(['controls.json', path])
  })

  it('reads the list and says what the page prints', async () => {
    const { sets, diagnostics } = await readDocument(controlList, list, { name: 'controls.json' })
    expect(sets).toMatchObject([{ framework: { id: 'nist_800_53' }, attack: { version: '16.1' } }])
    expect(sets[0]?.mappings).toHaveLength(3)
    expect(page).toContain(`\`\`\`text\n${reportText(diagnostics)}\`\`\``)
  })
})

describe('control-list', () => {
  const countRows = itemsAt(path)
  const samples: readonly ParserSample[] = [
    { name: 'controls.json', content: list, rows: 5, leftOut: 2, countRows },
    { name: 'controls.yaml', content: 'controls:\n  - id: AC-2\n    mitigates: [T1078]\n  - id: AC-4\n', rows: 2, countRows },
  ]
  parserContract(controlList, samples, Object.values(parserSamples).flat())
})
