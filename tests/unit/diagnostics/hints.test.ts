import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../src/diagnostics/catalogue.js'

/** What a reader can do: a hint has one of these verbs, as an instruction, or says that nothing needs to be done. */
const instruction = new RegExp(String.raw`(?:^|[.;:,] |\b(?:and|or|then|to) )(?:${[
  'add', 'ask', 'change', 'check', 'choose', 'close', 'compare', 'connect', 'convert', 'correct', 'delete', 'double', 'enable', 'fill', 'format',
  'give', 'import', 'install', 'keep', 'leave', 'look', 'make', 'map', 'name', 'open', 'put', 'raise', 'read', 'remove', 'rename', 'report',
  'review', 'run', 'save', 'see', 'send', 'settle', 'split', 'spell', 'state', 'supply', 'type', 'use', 'write',
].join('|')})\b|[Nn]othing (?:needs to be done|is wrong)|\`crosswalk `, 'i')

describe('the hint of', () => {
  it.each(Object.entries(catalogue))('%s says what to do', (_code, { help }) => {
    expect(help).toMatch(instruction)
    expect(help).toMatch(/^[A-Z`"'].{15,}[.]$/)
  })
})
