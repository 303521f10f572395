import { describe, expect, it } from 'vitest'
import { headers, readTextPage } from '../../../support/read-text-page.js'

const first = 'AC-2 Account Management mitigates T1078 Valid Accounts'
const second = 'AC-3 Access Enforcement mitigates T1078 Valid Accounts'

async function notesOf(text: string) {
  const { rows, codes } = await readTextPage(`NIST 800-53 Mappings\n\n${headers.relationNotes}\n${text}`)
  return { notes: rows.map(({ comments, references }) => [comments, references]), codes }
}

describe('the note below a row', () => {
  it('has comments over several lines and an address a line', async () => {
    const { notes } = await notesOf(`${first}
Comments
The first line.
The second, which names T1078 Valid Accounts.
${second} is quoted here
References
https://example.org/a
Guide, page 3: https://example.org/b
${second}
Comments
Another.
References
`)
    expect(notes).toEqual([
      [
        `The first line.\nThe second, which names T1078 Valid Accounts.\n${second} is quoted here`,
        ['https://example.org/a', 'Guide, page 3: https://example.org/b'],
      ],
      ['Another.', undefined],
    ])
  })

  it('may be missing or empty', async () => {
    const { notes } = await notesOf(`${first}\n${second}\nComments\nReferences\n`)
    expect(notes).toEqual([[undefined, undefined], [undefined, undefined]])
  })

  it('may have comments alone, up to the next row, past blank lines', async () => {
    const { notes } = await notesOf(`${first}\nComments\nOne.\n\nTwo.\n${second}\nComments\nThree.\n\nAbout this site`)
    expect(notes).toEqual([['One.\n\nTwo.', undefined], ['Three.', undefined]])
  })

  it('ends at a row of the page\'s technique, be its id and mapping type new', async () => {
    const { rows, codes } = await readTextPage(`T1078 Valid Accounts\n\nExample Mappings\n\n${headers.relationNotes}
EX-1 Lock the door mitigates T1078 Valid Accounts
Comments
A lock helps against T1078 Valid Accounts
EX-2 Ask who is there hampers T1078 Valid Accounts`)
    expect(rows).toMatchObject([
      { capability: { id: 'EX-1' }, comments: 'A lock helps against T1078 Valid Accounts' },
      { capability: { id: 'EX-2', description: 'Ask who is there' }, relation: 'hampers' },
    ])
    expect(codes).toContain('parse/unknown-relation')
  })

  it('keeps its inner spacing', async () => {
    expect((await notesOf(`${first}\nComments\n  two  spaces \nReferences`)).notes[0]?.[0]).toBe('two  spaces')
  })

  it('that lacks the references that others have breaks off', async () => {
    const { notes, codes } = await notesOf(`${first}\nComments\nOne.\nReferences\n${second}\nComments\nThis goes on an`)
    expect(notes).toEqual([['One.', undefined], ['This goes on an', undefined]])
    expect(codes).toEqual(['parse/truncated'])
  })
})
