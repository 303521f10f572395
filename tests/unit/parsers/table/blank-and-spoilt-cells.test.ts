import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsOption, parseColumnsOption } from '../../../../src/parsers/table/columns-option.js'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { readTable, summariseRows } from '../../../support/read-table.js'

async function read(content: string | Uint8Array, statements = {}) {
  const name = typeof content === 'string' ? 'x.csv' : 'x.xlsx'
  const { sets, diagnostics } = await readTable(name, content, { framework: 'ours', ...statements })
  return { rows: sets.flatMap((set) => summariseRows(set)), diagnostics, sets }
}

describe('ids that became numbers', () => {
  const titles = ['Control ID', 'Control Name', 'Technique ID']

  it.each([
    ['between 4.9 and 4.11', [4.1, 4.8, 4.9, 4.1, 4.11], ['4.1', '4.8', '4.9', '4.10', '4.11']],
    ['at the end of its section', [3.8, 3.9, 3.1, 4.1, 4.2], ['3.8', '3.9', '3.10', '4.1', '4.2']],
    ['at the end of the table', [5.8, 5.9, 5.1], ['5.8', '5.9', '5.10']],
    ['between 2.19 and 2.21', [2.18, 2.19, 2.2, 2.21], ['2.18', '2.19', '2.20', '2.21']],
    ['in several rows', [4.8, 4.9, 4.1, 4.1, 4.11], ['4.8', '4.9', '4.10', '4.10', '4.11']],
  ])('get back the zero %s', async (_, ids, expected) => {
    const data = ids.map((id, index) => [id, `Control ${expected[index]}x`, `T10${index + 10}`])
    const { rows, diagnostics } = await read(makeWorkbook({ S: [titles, ...data] }))
    expect(rows).toEqual(expected.map((id, index) => `${id} > T10${index + 10}`))
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toContain('parse/id-as-number warning')
  })

  it('are restored in CSV files if the neighbours show it', async () => {
    const { rows, diagnostics } = await read('Control ID,Technique ID\n3.8,T1001\n3.9,T1003\n3.1,T1005\n3.11,T1006\n')
    expect(rows).toEqual(['3.8 > T1001', '3.9 > T1003', '3.10 > T1005', '3.11 > T1006'])
    expect(diagnostics).toMatchObject([{ code: 'parse/id-as-number', found: '3.1 (line 4)' }])
  })

  it('are left out if one has two names and nothing shows which is which', async () => {
    const { rows, diagnostics } = await read(makeWorkbook({
      S: [titles, [4.1, 'Configuration', 'T1078'], [7.3, 'Patches', 'T1190'], [4.1, 'Lock devices', 'T1110'], [4.2, 'Network', 'T1021']],
    }))
    expect(rows).toEqual(['7.3 > T1190', '4.2 > T1021'])
    expect(diagnostics[0]).toMatchObject({ code: 'parse/ambiguous-id', severity: 'error', count: 2, found: '4.1 (A2), 4.1 (A4)' })
  })

  it('are reported with their cells, and only if they are numbers', async () => {
    const { diagnostics } = await read(makeWorkbook({ S: [titles, [4.1, 'One', 'T1078'], [4.2, 'Two', 'T1190']] }))
    expect(diagnostics).toMatchObject([{ code: 'parse/id-as-number', count: 2, found: '4.1 (A2), 4.2 (A3)' }])
    const texts = await read(makeWorkbook({ S: [titles, ['4.9', 'One', 'T1078'], ['4.1', 'Two', 'T1190'], ['4.10', 'Three', 'T1003']] }))
    expect(texts.diagnostics).toEqual([])
    expect(texts.rows).toEqual(['4.9 > T1078', '4.1 > T1190', '4.10 > T1003'])
    expect((await read('Control ID,Technique ID\n4.9,T1078\n4.1,T1190\n7.2,T1003\n4.3,T1005\n')).diagnostics).toEqual([])
  })
})

describe('ids that became dates', () => {
  it('are reported with their cells', async () => {
    const { diagnostics } = await read(makeWorkbook({
      S: [['Control ID', 'Technique ID'], [new Date('2024-03-01T00:00:00Z'), 'T1078'], ['DEC-02', 'T1110']],
    }))
    expect(diagnostics).toMatchObject([
      { code: 'parse/id-as-date', severity: 'warning', found: '2024-03-01 (A2)', origin: { place: { cell: 'A2' } } },
    ])
  })

  it.each(['1-Mar', 'Mar-01', '01-Mar-24', '2024-03-01', '3/1/2024'])('and saved as CSV are reported: %s', async (id) => {
    expect((await read(`Control ID,Technique ID\n${id},T1078\nDEC-02,T1110\n`)).diagnostics).toMatchObject([{ code: 'parse/id-as-date' }])
  })

  it('are not ids that look like none', async () => {
    expect((await read('Control ID,Technique ID\nMAR-01,T1078\nDEC-02,T1110\n1-MARCH,T1003\n')).diagnostics).toEqual([])
  })
})

describe('blank cells', () => {
  const text = 'Family,Control ID,Control Name,Technique ID\nAccess,AC-2,Accounts,T1078\n,,,T1110\n,AC-3,Enforce,T1003\n'
    + 'Config,,,T1059\n,CM-2,Base,\n'

  it('are blank, and the option is proposed that completes rows', async () => {
    const { rows, diagnostics } = await read(text)
    expect(rows).toEqual(['AC-2 > T1078', '- > T1110', 'AC-3 > T1003', '- > T1059', 'CM-2 > -'])
    expect(diagnostics.find(({ code }) => code === 'parse/missing-capability')?.hint).toContain('--fill-down')
  })

  it('mean "as above" with --fill-down; a new group begins without a capability, and techniques stay blank', async () => {
    const { rows, sets } = await read(text, { fillDown: true })
    expect(rows).toEqual(['AC-2 > T1078', 'AC-2 > T1110', 'AC-3 > T1003', '- > T1059', 'CM-2 > -'])
    expect(sets[0]?.mappings[1]).toMatchObject({ group: 'Access', capability: { description: 'Accounts' } })
  })

  it('below techniques that come first are filled with these', async () => {
    const reversed = 'Technique ID,Technique Name,Control ID\nT1078,Valid Accounts,AC-2\n,,AC-3\nT1110,Brute Force,\n'
    expect((await read(reversed, { fillDown: true })).rows).toEqual(['AC-2 > T1078', 'AC-3 > T1078', '- > T1110'])
    const hints = (await read(reversed)).diagnostics.map(({ code, hint }) => [code, hint?.includes('--fill-down') ?? false])
    expect(hints).toEqual([['parse/missing-technique', true], ['parse/missing-capability', false]])
  })

  it('are not proposed to be filled where no row would be complete', async () => {
    const { diagnostics } = await read('Control ID,Technique ID\n,T1078\nAC-2,T1110\n')
    expect(diagnostics[0]?.hint).not.toContain('--fill-down')
  })
})

describe('cells of capabilities that have separators only', () => {
  it('name none, are reported, and do not keep the others from being read as lists', async () => {
    const { rows, diagnostics } = await read('Control ID,Technique ID\nAC-2,T1078\n;,T1110\n"; | ,",T1003\nAC-3;,T1005\n,T1021\n')
    expect(rows).toEqual(['AC-2 > T1078', '- > T1110', '- > T1003', 'AC-3 > T1005', '- > T1021'])
    expect(diagnostics.map(({ code, count, found, origin }) => [code, count, found, origin?.place])).toMatchObject([
      ['parse/missing-capability', 2, 'the technique T1110 beside ";", which has separators only', { line: 3 }],
      ['parse/missing-capability', 1, 'the technique T1021', { line: 6 }],
    ])
  })

  it('are no rows without a technique', async () => {
    const { rows, diagnostics } = await read('Control ID,Technique ID\nAC-2,T1078\n;,\n')
    expect(rows).toEqual(['AC-2 > T1078'])
    expect(diagnostics.map(({ code }) => code)).toEqual(['parse/empty-row'])
  })
})

describe('the option that names columns', () => {
  it('reads titles in quotes, and several of one field', () => {
    expect(parseColumnsOption('capability_id="Control, if any",technique=A,technique=B=C')).toEqual(
      { columns: { capability_id: ['Control, if any'], technique: ['A', 'B=C'] } }
    )
    expect(parseColumnsOption(`a='x, y' , b="say ""no"", then"`)).toEqual({ columns: { a: ['x, y'], b: ['say "no", then'] } })
    expect(parseColumnsOption('a=Control, if any')).toEqual({ invalid: ' if any' })
    expect(parseColumnsOption('a=5" nails,b=B')).toEqual({ columns: { a: ['5" nails'], b: ['B'] } })
  })

  it('can be pasted into a shell', () => {
    expect(columnsOption([['comments', 'CIS Controls v8']])).toBe('--columns "comments=CIS Controls v8"')
    expect(columnsOption([['comments', 'Test #']])).toBe('--columns "comments=Test #"')
    expect(columnsOption([['capability_id', 'A'], ['technique', 'B']])).toBe('--columns capability_id=A,technique=B')
    expect(columnsOption([['comments', "What's in it, if any; $HOME"]])).toBe(
      String.raw`--columns 'comments="What'\''s in it, if any; $HOME"'`
    )
  })

  it('is read as it is written, for any titles', () => {
    const title = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/^'|[\n\r]/.test(text))
    fc.assert(fc.property(fc.array(title, { minLength: 1, maxLength: 4 }), (titles) => {
      const option = columnsOption(titles.map((one) => ['technique', one] as const)).slice('--columns '.length)
      const argument = option.startsWith("'") ? option.slice(1, -1).replaceAll(String.raw`'\''`, "'")
        : option.startsWith('"') ? option.slice(1, -1) : option
      expect(parseColumnsOption(argument)).toEqual({ columns: { technique: titles } })
    }))
  })
})

async function hintOf(text: string): Promise<string> {
  return (await read(text)).diagnostics[0]?.hint ?? ''
}

describe('proposed columns', () => {
  it('include all columns of techniques, and are those that give rows', async () => {
    expect(await hintOf('Regel,Angriff 1,Angriff 2\nAC-2,T1078,T1110\n')).toContain('--columns capability_id=A,technique=B,technique=C')
    expect(await hintOf('Was,Angriff\nour own,T1078\nanother,T1110\n')).toContain('--columns capability_id=A,technique=B')
  })

  it.each([
    'Tactic,Angriff\nExecution,T1059\n', 'Nr,Angriff\n1,T1059\n2,T1003\n', 'Angriff,Bezeichnung\nT1059,Command and Scripting Interpreter\n',
    'Initial Access,Execution\nPhishing,Native API\n', 'a,b\nc,d\n',
  ])('are none where none would map anything: %s', async (text) => {
    expect(await hintOf(text)).not.toMatch(/capability_id=[A-Z]\b/)
  })

  it('for a column that is not read keep those that are', async () => {
    const { diagnostics } = await read('Control ID,Technique ID,Comments,Test #,Also\nAC-2,T1078,c,12,T1003\n')
    expect(diagnostics.map(({ hint }) => hint?.split('field: ')[1])).toEqual(
      ['--columns "comments=Comments,comments=Test #"', '--columns "technique=Technique ID,technique=Also"']
    )
    const followed = await read('Control ID,Technique ID,Comments,Test #,Also\nAC-2,T1078,c,12,T1003\n', {
      columns: { comments: ['Comments', 'Test #'], technique: ['Technique ID', 'Also'] },
    })
    expect(followed.diagnostics).toEqual([])
    expect(followed.rows).toEqual(['AC-2 > T1078', 'AC-2 > T1003'])
  })
})
