import { describe, expect, it } from 'vitest'
import { columnsOption, parseColumnsOption } from '../../../../src/parsers/table/columns-option.js'

describe('--columns as it is typed', () => {
  it.each([
    ['technique=ATT&CK,capability_id=B', { technique: ['ATT&CK'], capability_id: ['B'] }],
    ['technique=A,technique=B', { technique: ['A', 'B'] }],
    [' technique = A , comments = Why so ', { technique: ['A'], comments: ['Why so'] }],
    ['technique=a=b', { technique: ['a=b'] }],
    ['technique="One, two",comments=C', { technique: ['One, two'], comments: ['C'] }],
    ["technique='One, two',comments=C", { technique: ['One, two'], comments: ['C'] }],
    ['technique= "One, two" ,comments=C', { technique: ['One, two'], comments: ['C'] }],
    ['technique="The ""other"", one"', { technique: ['The "other", one'] }],
    ['technique=" padded "', { technique: ['padded'] }],
    ['technique=5" disk,comments=C"', { technique: ['5" disk'], comments: ['C"'] }],
    ['technique="open,comments=C', { technique: ['"open'], comments: ['C'] }],
    ['technique="open" end,comments="a, b"', { technique: ['"open" end'], comments: ['a, b'] }],
    [`technique="it's, so",comments='say "a, b"'`, { technique: ["it's, so"], comments: ['say "a, b"'] }],
    ['technique="', { technique: ['"'] }],
    ['technique="both\'', { technique: ['"both\''] }],
  ])('%s', (list, columns) => {
    expect(parseColumnsOption(list)).toEqual({ columns })
  })

  it.each([
    ['technique', 'technique'], ['technique=', 'technique='], ['=A', '=A'], [' =A', ' =A'], ['technique=A,', ''], ['technique=A,B', 'B'],
    ['technique=""', 'technique=""'], ['', ''],
  ])('%s has an entry that is no pair: "%s"', (list, invalid) => {
    expect(parseColumnsOption(list)).toEqual({ invalid })
  })
})

describe('--columns as a message proposes it', () => {
  it.each([
    [[['technique', 'C']], '--columns technique=C'],
    [[['capability_id', 'A'], ['technique', 'C']], '--columns capability_id=A,technique=C'],
    [[['comments', 'Why so']], '--columns "comments=Why so"'],
    [[['comments', 'One, two']], `--columns 'comments="One, two"'`],
    [[['comments', 'The "other" one']], `--columns 'comments="The ""other"" one"'`],
    [[['comments', "It's"]], `--columns "comments=It's"`],
    [[['comments', "'Quoted'"]], String.raw`--columns 'comments="'\''Quoted'\''"'`],
    [[['comments', '$HOME']], "--columns 'comments=$HOME'"],
    [[['comments', 'a`b']], "--columns 'comments=a`b'"],
    [[['comments', 'So!']], "--columns 'comments=So!'"],
    [[['comments', String.raw`a\b`]], String.raw`--columns 'comments=a\b'`],
  ] as const)('%j', (columns, option) => {
    expect(columnsOption(columns)).toBe(option)
  })

  it.each([
    ['Why so'], ['One, two'], ['The "other" one'], ["It's, so"], ["'Quoted'"], ['a=b'], ['5" disk, 3" disk'],
  ])('%s is read back', (title) => {
    const option = columnsOption([['comments', title], ['technique', 'T']])
    const [, quote, argument = ''] = /^--columns (["']?)([^]*)\1$/.exec(option) ?? []
    const list = quote === "'" ? argument.replaceAll(String.raw`'\''`, "'") : argument
    expect(parseColumnsOption(list)).toEqual({ columns: { comments: [title], technique: ['T'] } })
  })
})
