import { describe, expect, it } from 'vitest'
import { readNotes } from '../../../support/read-notes.js'

describe('the capability', () => {
  it.each([
    ['the document, where nothing stands above', 'Stops T1078.', ['notes > T1078']],
    ['the title that the document gives itself', '---\ntitle: "Our notes"\n---\nStops T1078.', ['Our notes > T1078']],
    ['the nearest heading', '# A\n## B\nT1078\n# C\nT1110', ['B > T1078', 'C > T1110']],
    ['a heading with marks at its end', '## B ##\nT1078\n\n# C#\nT1110', ['B > T1078', 'C# > T1110']],
    ['an underlined heading', 'Keys\n====\nT1078\n\nCodes\n---\nT1110', ['Keys > T1078', 'Codes > T1110']],
    ['a heading in plain text', 'Keys\n^^^^\nT1078\n\n=====\nCodes\n=====\nT1110', ['Keys > T1078', 'Codes > T1110']],
    ['a heading of AsciiDoc', '== Keys\nT1078', ['Keys > T1078']],
    ['a line of strong text', '# A\n**Keys**\n\nT1078\n\n__Codes:__\n\nT1110', ['Keys > T1078', 'Codes > T1110']],
    [
      'the heading above one that names a technique', '# Keys\n## T1078 Valid Accounts\nIt stops T1110.',
      ['Keys > T1078', 'Keys > T1110'],
    ],
    [
      'the heading above one that names nothing of its own', '# Keys\n## ATT&CK techniques\nT1078\n## Overview\nT1110',
      ['Keys > T1078', 'Keys > T1110'],
    ],
    [
      'the term that an item leads with', '# A\n- **MFA**: stops T1078\n- Keys: T1110\n- Codes -> T1111',
      ['MFA > T1078', 'Keys > T1110', 'Codes > T1111'],
    ],
    ['strong text without a colon', '- __MFA__ stops T1078\n- **Keys:** T1110', ['MFA > T1078', 'Keys > T1110']],
    ['an item over all its paragraphs', '- **MFA**\n\n  stops T1078\n\nT1110', ['MFA > T1078', 'notes > T1110']],
    [
      'the item above nested ones', '- MFA\n  - T1078\n  - Keys: T1110\n- T1111',
      ['MFA > T1078', 'Keys > T1110', 'notes > T1111'],
    ],
    ['an item over lists of AsciiDoc', '* MFA\n** T1078\n* Keys:\n** T1110', ['MFA > T1078', 'Keys > T1110']],
    [
      'never a technique', '# A\n- PowerShell: T1059.001\n- T1078: stolen\n- Stops: T1110\n- **T1111**: x',
      ['A > T1059.001', 'A > T1078', 'A > T1110', 'A > T1111'],
    ],
    ['never a sentence', `# A\n- ${'Long words '.repeat(20)}: T1078`, ['A > T1078']],
    ['the first cell of a row', '| MFA | T1078 |\n| Keys | T1110 |', ['MFA > T1078', 'Keys > T1110']],
    [
      'the cell above a blank one', '| Control | ATT&CK |\n|---|---|\n| MFA | T1078 |\n| | T1110 |',
      ['MFA > T1078', 'MFA > T1110'],
    ],
    ['the column that is titled so', '| ID | Mitigation | ATT&CK |\n|:--|---|--:|\n| 7 | MFA | T1078 |', ['MFA > T1078']],
    [
      'the heading, where the first column is of techniques', '# A\n\n| Technique | By |\n|---|---|\n| T1078 | MFA |',
      ['A > T1078'],
    ],
    ['the heading, where the first cell names the technique', '# A\n\n| Valid Accounts | T1078 |', ['A > T1078']],
    ['in a table without pipes at its sides', 'Control | ATT&CK\n---|---\nMFA | T1078', ['MFA > T1078']],
    ['in a quotation', '> # A\n> - **MFA**: T1078', ['MFA > T1078']],
  ])('is %s', async (_rule, text, pairs) => {
    expect((await readNotes(text)).pairs).toEqual(pairs)
  })

  it.each([
    ['AC-2 Account Management', 'AC-2', 'Account Management'],
    ['AC-2: Account Management', 'AC-2', 'Account Management'],
    ['Account Management (AC-2)', 'AC-2', 'Account Management'],
    ['AC-2', 'AC-2', undefined],
    ['ZZ-99 Something', 'ZZ-99 Something', undefined],
    ['Accounts', 'Accounts', undefined],
  ])('%j is %j of a framework whose ids are known', async (heading, id, description) => {
    const { rows } = await readNotes(`# ${heading}\nT1078`, { framework: 'nist_800_53' })
    expect(rows[0]?.capability).toEqual({ id, ...(description !== undefined && { description }) })
  })

  it('of VERIS may have spaces', async () => {
    const { rows } = await readNotes('- action.malware.variety.Capture app data: T1078', { framework: 'veris' })
    expect(rows[0]?.capability.id).toBe('action.malware.variety.Capture app data')
  })
})

describe('ids that are skipped', () => {
  it.each([
    ['code', '```\nT1078\n```\n\n~~~ yaml\nT1110\n~~~', 2],
    ['code in lists and quotations', '- x\n  ```\n  T1078\n  ```\n\n> ```\n> T1110\n', 2],
    ['code that never ends', 'x\n\n````\nT1078\n```\nT1110', 2],
    ['comments', '<!-- T1078 -->\n<!--\nT1110\n-->', 2],
    ['lists of references', '# A\n## References\n- https://attack.mitre.org/techniques/T1078/\n### More\nT1110', 2],
    ['footnotes and addresses of links', '[^1]: T1078\n[x]: https://attack.mitre.org/techniques/T1110', 2],
    ['titles of tables', '| Control | T1078 |\n|---|---|\n| MFA | x |', 1],
  ])('are in %s, and are counted', async (_where, text, count) => {
    const { pairs, counted } = await readNotes(`${text}\n`)
    expect(pairs).toEqual([])
    expect(counted('parse/mention-passed-over')).toBe(count)
    expect(counted('parse/no-mappings')).toBe(1)
  })

  it('are not those of a link that the text uses, but are those beside its address', async () => {
    const { pairs, counted } = await readNotes('Stops [it][x].\n\n[x]: https://attack.mitre.org/techniques/T1059 "not T1078"')
    expect([pairs, counted('parse/mention-passed-over')]).toEqual([['notes > T1059'], 1])
  })

  it('do not take what follows with them', async () => {
    const code = '```\nx\n```\nT1078\n'
    const comments = '<!-- a --> T1110 <!-- b -->\nUse <!-- for comments. T1111\n\n'
    const text = `${code}${comments}> \`\`\`\n> x\n\nT1112\n\`x <!--\` T1113`
    expect((await readNotes(text)).pairs.map((pair) => pair.slice(-5))).toEqual(['T1078', 'T1110', 'T1111', 'T1112', 'T1113'])
  })
})

describe('the framework', () => {
  it('is the one that the user names', async () => {
    const { sets } = await readNotes('T1078', { framework: 'NIST 800-53' })
    expect(sets[0]?.framework).toEqual({ id: 'nist_800_53', name: 'NIST 800-53' })
  })

  it('is unknown where nobody names one, which is said once with a way out', async () => {
    const { sets, diagnostics } = await readNotes('T1078. T1110.', {})
    expect(sets[0]?.framework.id).toBe('unknown')
    const [told, ...more] = diagnostics.filter(({ code }) => code === 'parse/unknown-framework')
    expect([more.length, told?.count, told?.hint?.includes('--framework')]).toEqual([0, 2, true])
  })
})
