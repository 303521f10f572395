import { describe, expect, it } from 'vitest'
import { securityStack } from '../../../../src/parsers/security-stack/security-stack.js'
import { readDocument } from '../../../support/read-document.js'
import { sampleControl } from '../../../support/sample-control.js'

async function read(text: string) {
  const { sets, diagnostics } = await readDocument(securityStack, text, { name: 'control.yaml' })
  const said = diagnostics.map(({ code, origin, found, count = 1 }) =>
    `${code} ${origin?.place.kind === 'pointer' ? origin.place.pointer : ''} ${found ?? ''} ${count}`)
  return { rows: sets.flatMap(({ mappings }) => mappings), sets, said }
}

const name = '          name: Private Keys'

describe('a broken control', () => {
  it.each([
    ['no object', '[3]', ['parse/invalid-document /0 the number 3 1']],
    ['an empty list', '[]', ['parse/no-mappings  an empty list 1']],
    ['no name', 'platform: AWS\ntechniques: []', ['parse/invalid-document  a control without a name 1']],
  ])('that is %s is refused', async (_what, text, expected) => {
    const { rows, said } = await read(text)
    expect(rows).toEqual([])
    expect(said).toEqual(expected)
  })

  it.each([
    [
      'a technique that is a text', "  - id: T1588\n    name: Obtain Capabilities", '  - T1588', 6,
      'parse/unreadable-row /techniques/1 the string "T1588" 1',
    ],
    [
      'a technique without an id', '  - id: T1552\n', '  - \n', 5,
      'parse/unreadable-row /techniques/0 a technique without an id 2',
    ],
    ['a sub-technique without an id', `          - id: T1552.004\n  ${name}`, '          - name: Private Keys', 5,
      'parse/unreadable-row /techniques/0/sub-techniques-scores/0/sub-techniques/1 a sub-technique without an id 2'],
    ['a score that is a text', '          - category: Respond\n            value: Minimal', '          - Minimal', 5,
      'parse/unreadable-row /techniques/0/sub-techniques-scores/0/scores/1 the string "Minimal" 2'],
    ['scores that are no list', '    name: Obtain Capabilities', '    technique-scores: Minimal', 7,
      'parse/invalid-document /techniques/1/technique-scores the string "Minimal" 1'],
    ['an unknown field of a score', '        comments: Only some keys.', '        comment: Only some keys.', 7,
      'parse/unknown-field /techniques/0/technique-scores/0/comment scores[].comment 1'],
    ['an unknown field of the control', 'contact:', 'kontact:', 7, 'parse/unknown-field /kontact kontact 1'],
    ['a date that is none', '07/26/2021', '26/07/2021', 7, 'normalise/unreadable-date /creation date 26/07/2021 1'],
    ['tags in an object', '  - Credentials\n', '  - { a: b }\n', 7, 'parse/unknown-value /tags/0 an object 1'],
    ['a platform that is a list', 'platform: AWS', 'platform: [AWS]', 7, 'parse/unknown-value /platform a list of 1 1'],
    [
      'a name that is a list', 'name: AWS Key Cupboard (Beta)', 'id: box\nname: [Box]', 7,
      'parse/invalid-document /name a list of 1 1',
    ],
    [
      'stray white space', 'name: Unsecured Credentials', "name: 'Unsecured  Credentials '", 7,
      'normalise/whitespace /techniques/0/name techniques[].name 1',
    ],
  ])('with %s is read but for that', async (_what, good, bad, count, expected) => {
    expect(sampleControl).toContain(good)
    const { rows, said } = await read(sampleControl.replace(good, bad))
    expect(said).toContain(expected)
    expect(rows).toHaveLength(count)
  })

  it('loses no row in silence: seven are read or reported', async () => {
    const text = sampleControl.replace('  - id: T1552\n', '  - \n').replace(
      '          - id: T1552.004\n            name: Private Keys', '          - 7',
    )
    const { rows, said } = await read(text)
    const reported = said.filter((line) => line.startsWith('parse/unreadable-row')).map((line) => Number(/\d+$/.exec(line)?.[0]))
    expect([rows.length, reported]).toEqual([3, [2, 2]])
    expect(rows.map((row) => row.kind === 'mapped' && row.score?.related)).toEqual([undefined, undefined, undefined])
  })

  it('keeps a score that nobody knows, in lower case', async () => {
    const { rows } = await read(sampleControl.replace('Minimal', 'Prevents A Lot'))
    expect(rows[0]).toMatchObject({ score: { value: 'prevents a lot' } })
  })

  it('may cite sources for one score', async () => {
    const { rows } = await read(
      sampleControl.replace('        comments: Only some keys.', '        references: [https://example.org/own]'),
    )
    expect(rows.slice(0, 2).map(({ references }) => references?.length)).toEqual([1, 2])
  })
})
