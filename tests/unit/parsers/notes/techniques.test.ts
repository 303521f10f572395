import { describe, expect, it } from 'vitest'
import { readNotes } from '../../../support/read-notes.js'

async function idsOf(text: string): Promise<readonly string[]> {
  return (await readNotes(text)).rows.map(({ technique }) => technique.id)
}

describe('technique ids', () => {
  it.each([
    ['T1059', ['T1059']],
    ['Stops T1059.001.', ['T1059.001']],
    ['T1059/001, T1059\\.003 and T1078/T1110', ['T1059.001', 'T1059.003', 'T1078', 'T1110']],
    [
      '`T1059` **T1078** _T1110_ __T1111__ [[T1112]] "T1113" (T1114)',
      ['T1059', 'T1078', 'T1110', 'T1111', 'T1112', 'T1113', 'T1114'],
    ],
    ['attack.t1059.001', ['t1059.001']],
    ['[PowerShell](https://attack.mitre.org/techniques/T1059/001/)', ['T1059.001']],
    ['<https://attack.mitre.org/techniques/T1059>, attack.mitre.org/techniques/T1078/004/', ['T1059', 'T1078.004']],
    ['https://attack.mitre.org/versions/v16/techniques/T1059/001/#detection', ['T1059.001']],
    ['See [PowerShell][ps] here.\n\n[ps]: https://attack.mitre.org/techniques/T1059/001', ['T1059.001']],
    ['See [PS] here.\n\n[ps]: <https://attack.mitre.org/techniques/T1059/001>', ['T1059.001']],
    ['ATT&CK-T1059 #T1078', ['T1059', 'T1078']],
  ])('%j names %j', async (text, ids) => {
    expect(await idsOf(text)).toEqual(ids)
  })

  it.each([
    'T1000000', 'T1 line', 'T105', 'XT1059', 'T1059abc', 'fooT1059', 'T 1059', 'ΩT1059', 'T1059٣', 'foo_T1059',
    'https://example.org/T1059', 'see https://example.org/wiki/T1059/001?x=T1078#T1110.', 'www.example.org/T1059',
    'example.org/T1059/',
    '[notes](notes/T1059.md)', '[x](#t1059)', '../T1059/', 'T1059.md', 'T1059.001.yaml', 'TA0001', 'M1036',
    'https://attack.mitre.org/tactics/TA0002/', 'https://attack.mitre.org/mitigations/M1032/', 'T1059.01', 'T1059.0011',
    'T1059-001', 'T1059_001',
  ])('%j names none', async (text) => {
    expect(await idsOf(`Words ${text} words`)).toEqual([])
  })

  it('that are almost valid are reported', async () => {
    const { counted, diagnostics } = await readNotes('Stops T1059.01 and T1059_001, and T1059.01 again; T1078 too.')
    expect(counted('parse/malformed-technique')).toBe(3)
    expect(diagnostics.find(({ code }) => code === 'parse/malformed-technique')).toMatchObject({ found: 'T1059.01', count: 2 })
  })

  it('of MITRE ATLAS are reported, and are none of ATT&CK', async () => {
    const { rows, diagnostics } = await readNotes('Stops AML.T0043 and aml.T0051.001, also T1078.')
    expect(rows.map(({ technique }) => technique.id)).toEqual(['T1078'])
    expect(diagnostics.filter(({ code }) => code === 'parse/malformed-technique').map(({ found }) => found)).toEqual(['AML.T0043', 'aml.T0051.001'])
  })

  it('of tactics and mitigations are counted', async () => {
    const { counted, rows } = await readNotes('TA0001: T1078. M1032, https://attack.mitre.org/tactics/TA0002/ and `TA0003`.')
    expect([rows.length, counted('parse/other-attack-id')]).toEqual([1, 4])
  })

  it('count once in a sentence, and in each sentence', async () => {
    const text = 'T1078, T1078 and [T1078](https://attack.mitre.org/techniques/T1078). T1078 again.'
    const { pairs, counted, rows } = await readNotes(text)
    expect(pairs).toHaveLength(2)
    expect(counted('parse/repeated-mention')).toBe(3)
    expect(rows.map(({ comments }) => comments)).toEqual(['T1078, T1078 and T1078.', 'T1078 again.'])
  })
})

describe('places', () => {
  it('are those of the ids, in line and column', async () => {
    const { rows } = await readNotes('# MFA\n\n> - **Keys**: stop T1078\n>   and T1110.\n\n| a | T1059 |\n')
    expect(rows.map(({ origins }) => origins[0]?.place)).toEqual([
      { kind: 'text', line: 3, column: 20 }, { kind: 'text', line: 4, column: 9 }, { kind: 'text', line: 6, column: 7 },
    ])
  })
})

describe('names', () => {
  it.each([
    ['Stops Valid Accounts (T1078).', 'Valid Accounts'],
    ['Stops T1078 Valid Accounts.', 'Valid Accounts'],
    ['T1078: valid accounts', 'valid accounts'],
    ['Stops **PowerShell** (T1059.001)', 'PowerShell'],
    ['Command and Scripting Interpreter: PowerShell (T1059.001)', 'Command and Scripting Interpreter: PowerShell'],
    ['[PowerShell](https://attack.mitre.org/techniques/T1059/001)', 'PowerShell'],
    ['[T1059.001](https://attack.mitre.org/techniques/T1059/001) PowerShell', 'PowerShell'],
    ['| PowerShell | T1059.001 |', 'PowerShell'],
    ['Stops something (T1078)', undefined],
    ['Stops NotPowerShell (T1059.001)', undefined],
    ['T1059.001 PowerShelling', undefined],
    ['PowerShell, among others, is T1059.001', undefined],
  ])('%j: %j', async (text, name) => {
    expect((await readNotes(text)).rows.map(({ technique }) => technique.name)).toEqual([name])
  })
})

describe('comments and references', () => {
  it('are the sentence, as it is read', async () => {
    const { rows } = await readNotes('One. **Keys** stop `T1078` (see [our report](https://example.org/r), p. 3). Three.')
    expect(rows[0]?.comments).toBe('Keys stop T1078 (see our report, p. 3).')
    expect(rows[0]?.references).toEqual(['https://example.org/r'])
  })

  it('go over lines, and end at full stops that end sentences', async () => {
    const { rows } = await readNotes('It stops e.g. T1078\nand, vs. others, T1110. Not more! "T1111?" Yes.')
    const first = 'It stops e.g. T1078 and, vs. others, T1110.'
    expect(rows.map(({ comments }) => comments)).toEqual([first, first, undefined])
  })

  it('are not stated where the sentence is the technique and no more', async () => {
    const { rows } = await readNotes('- T1078\n- PowerShell (T1059.001)\n- T1110, T1111')
    expect(rows.map(({ comments }) => comments)).toEqual([undefined, undefined, 'T1110, T1111', 'T1110, T1111'])
  })

  it('are cells in rows of tables', async () => {
    const { rows } = await readNotes('| Keys | T1078 | stop \\| it |')
    expect(rows[0]?.comments).toBe('Keys | T1078 | stop | it')
  })

  it('keep the part around the technique of an endless sentence, which is said', async () => {
    const { rows, counted } = await readNotes(`${'word '.repeat(400)}T1078 ${'word '.repeat(400)}`)
    const comment = rows[0]?.comments ?? ''
    expect(comment.length).toBeLessThan(1100)
    expect(comment).toMatch(/^….* T1078 .*…$/)
    expect(counted('parse/shortened-comment')).toBe(1)
  })
})
