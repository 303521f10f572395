import { describe, expect, it } from 'vitest'
import { compareText, safeFileName } from '../../../src/model/text.js'
import { convert } from '../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import { documentFolders } from '../../../src/pipeline/merge.js'
import { page } from '../../e2e/pages.js'

describe('safe names of files', () => {
  it.each([
    ['..', '_'], ['.', '_'], ['', '_'], ['...', '_'], ['.hidden', '_hidden'], ['x.', 'x_'], ['x ', 'x_'], [' x', '_x'],
    ['CON', '_CON'], ['nul.txt', '_nul.txt'], ['com1', '_com1'], ['LPT9.a.b', '_LPT9.a.b'], ['con .x', '_con .x'], ['COM\u00B9', '_COM\u00B9'],
    ['a\u202Etxt.exe', 'a_txt.exe'], ['\u2066a\u2069', '_a_'], ['a\u200Fb', 'a_b'], ['.crosswalk-run', '_crosswalk-run'], ['a. .', 'a. _'],
    ['a/b\\c', 'a_b_c'], ['a:b*?"<>|', 'a_b______'], ['a\u0000\n', 'a__'], ['tmp_evil-1......_attack', 'tmp_evil-1._attack'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
    expect(safeFileName(safe)).toBe(safe)
  })

  it.each(['console', 'com10', 'a.con', 'aws-12.12.2024_attack-16.1-enterprise', 'Tableau é', 'x'.repeat(200)])('%j stays', (name) => {
    expect(safeFileName(name)).toBe(name)
  })

  it('has at most 200 bytes, cut between characters', () => {
    const name = safeFileName('語'.repeat(300))
    expect(name).toBe('語'.repeat(66))
    expect(safeFileName(`a${'😀'.repeat(100)}`)).toBe(`a${'😀'.repeat(49)}`)
  })
})

function folders(...names: readonly string[]): readonly (string | undefined)[] {
  const found = documentFolders(names)
  return names.map((name) => found.get(name))
}

describe('folders of documents', () => {
  it('are the names without extension, or the whole names if two would share one', () => {
    expect(folders('a.json', 'deep/b.csv')).toEqual(['a', 'deep/b'])
    expect(folders('a.json', 'a.csv')).toEqual(['a.json', 'a.csv'])
  })

  it.each(['...json', '..json', '../../x.json', '..\\x.json', '/etc/x.json', 'a/../../b.json', 'CON.json', 'a/nul.json', 'x..json', 'x .json'])(
    'of %j stays below the output', (name) => {
      const [folder = ''] = folders(name)
      for (const part of folder.split('/')) expect(part).toMatch(/^(?!\.|con$|nul$| )[^\\]*[^. \\]$/i)
    },
  )

  it('are not files of the output', () => {
    expect(folders('manifest.json.json', 'MANIFEST.JSON.yaml', 'all.csv.json', 'all_2.html.csv', 'allow.csv')).toEqual(
      ['manifest.json.json', 'MANIFEST.JSON.yaml', '_all.csv', '_all_2.html', 'allow'],
    )
    expect(folders('manifest.json.json')).toEqual(['_manifest.json'])
  })

  it('differ, also where case or the form of accents makes no difference', () => {
    const found = folders('A.json', 'a.json', 'e\u0301.json', '\u00E9.json', '...json', '..json', 'CON.csv', '_con.csv', '_con.csv_8.json')
    expect(new Set(found.map((folder) => folder?.normalize('NFC').toLowerCase())).size).toBe(9)
  })
})

it.each([
  '/etc/passwd.txt', '//host/share.txt', 'C:\\fakepath\\x.txt', '', '.', '../..', '\\\\.\\nul', 'a\nb.txt', '\u202Etxt.txt', `${'a'.repeat(300)}.txt`, '~', '\uD800',
])('an upload called %j is converted, and its manifest names it', async (name) => {
  const host = createMemoryHost({ [name]: page })
  const { artifacts, documents, diagnostics } = await convert({ inputs: [name], emitters: ['csv'], perDocument: true }, host)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(artifacts).toHaveLength(2)
  const clean = documents[0]?.file.name ?? ''
  // eslint-disable-next-line no-control-regex -- these are the characters
  expect(clean).toMatch(/^(?![/\\.]|[a-z]:)[^\u0000-\u001F\u202E]+$/i)
  expect(new TextDecoder().decode(host.written.get('manifest.json'))).toContain(`"name": ${JSON.stringify(clean)}`)
})

it('uploads with names that are the same when they are clean have different ones', async () => {
  const row = 'Framework,Capability ID,ATT&CK ID\nnist_800_53,AC-2,T1078\n'
  const { documents } = await convert({ inputs: [], emitters: ['csv'] }, createMemoryHost({ 'x.csv': row, '/x.csv': row, '../x.csv': row, 'd/x.csv': row }))
  expect(documents.map(({ file }) => file.name)).toEqual(['2_x.csv', '3_x.csv', 'd/x.csv', 'x.csv'])
})

it('artifacts of documents with hostile names stay below the output', async () => {
  const row = 'Framework,Capability ID,ATT&CK ID\nnist_800_53,AC-2,T1078\n'
  const host = createMemoryHost(Object.fromEntries(['../../x.csv', '...csv', 'manifest.json.csv', 'CON.csv'].map((name) => [name, row])))
  const { artifacts } = await convert({ inputs: [], emitters: ['json'], perDocument: true }, host)
  expect(artifacts).toHaveLength(4)
  expect([...host.written.keys()].map((name) => name.split('/')[0] ?? '').toSorted(compareText)).toEqual(['_', '_CON', '_manifest.json', 'manifest.json', 'x'])
})
