import { describe, expect, it } from 'vitest'
import { foldTitle, meaningOf } from '../../../../src/parsers/table/column-roles.js'
import { findTechniques, splitReferences } from '../../../../src/parsers/table/split-cells.js'

describe('the techniques of a cell', () => {
  it.each([
    ['T1078', ['T1078']],
    ['t1059.001', ['T1059.001']],
    ['T1190; T1078', ['T1190', 'T1078']],
    ['T1059.001, T1059.003\nT1190 T1190', ['T1059.001', 'T1059.003', 'T1190']],
    ['T1078 Valid Accounts', ['T1078 = Valid Accounts']],
    [
      'T1078 - Valid Accounts; T1059: Command and Scripting Interpreter',
      ['T1078 = Valid Accounts', 'T1059 = Command and Scripting Interpreter'],
    ],
    ['T1059.001, T1190 and T1566', ['T1059.001', 'T1190', 'T1566']],
    ['and T1190 or T1566', ['T1190', 'T1566']],
    ['Valid Accounts (T1078)', ['T1078 = Valid Accounts']],
    ['Valid Accounts [T1078], PowerShell (T1059.001)', ['T1078 = Valid Accounts', 'T1059.001 = PowerShell']],
    ['https://attack.mitre.org/techniques/T1059/001/', ['T1059.001']],
    ['T1036.', ['T1036']],
    ['T1059.0011, T1059.1', []],
    ['T10590, XT1059, T105', []],
    ['', []],
  ])('%j', (text, expected) => {
    expect(findTechniques(text).map(({ id, name }) => (name === undefined ? id : `${id} = ${name}`))).toEqual(expected)
  })

  it('are found in time in proportion to the text', () => {
    for (const piece of ['T1059;', ' ', '(', 'T1059.', ';x', '/']) {
      const started = performance.now()
      findTechniques(piece.repeat(100_000))
      expect(performance.now() - started).toBeLessThan(2000)
    }
  })
})

describe('the references of a cell', () => {
  it.each([
    ['https://a.example/1\nA book, 2024\n', ['https://a.example/1', 'A book, 2024']],
    ["['https://a.example/1', 'https://b.example/?q=[x]']", ['https://a.example/1', 'https://b.example/?q=[x]']],
    [String.raw`["it's", 'say \'no\'', 'two\nlines']`, ["it's", "say 'no'", 'two lines']],
    ['[]', []],
    ['[see the manual]', ['[see the manual]']],
    ["['unclosed]", ["['unclosed]"]],
    [
      'https://a.example/?x=1,2, https://b.example; http://c.example',
      ['https://a.example/?x=1,2', 'https://b.example', 'http://c.example'],
    ],
    ['see https://a.example for more', ['see https://a.example for more']],
    ['', []],
  ])('%j', (text, expected) => {
    expect(splitReferences(text)).toEqual(expected)
  })
})

describe('titles of columns', () => {
  it.each([
    ['MITRE ATT&CK ID(s)', 'attackids', 'technique'],
    ['attack_object_id', 'attackobjectid', 'technique'],
    ['Control ID', 'controlid', 'capability'],
    ['CAPABILITY-ID ', 'capabilityid', 'capability'],
    ['Mapping Type', 'mappingtype', 'relation'],
    ['Favourite colour', 'favouritecolour', undefined],
    ['__proto__', 'proto', undefined],
    ['constructor', 'constructor', undefined],
  ])('%s', (title, folded, role) => {
    expect(foldTitle(title)).toBe(folded)
    expect(meaningOf(title)?.role).toBe(role)
  })
})
