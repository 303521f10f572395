import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { readTechniqueCell, type TechniqueCell } from '../../src/parsers/reading/technique-cell.js'
import { createTechniqueLookup } from '../../src/parsers/reading/technique-lookup.js'

const index = await loadAttackIndex()
const release = index.release('enterprise', '16.1')
const lookup = createTechniqueLookup(index, { version: '16.1', domain: 'enterprise' })
const active = release.techniques().filter(({ status }) => status === 'active')

const technique = fc.constantFrom(...active)
const separator = fc.constantFrom(', ', '; ', '\n', ' | ', ' / ', ' and ', ' & ', ',', ';', '<br>', ' · ', '\u00A0; ')
const spelling = fc.constantFrom<(id: string) => string>(
  (id) => id, (id) => id.toLowerCase(), (id) => id.replace('.', '/'), (id) => id.replace('.', '-'), (id) => id.replace('.', String.raw`\.`),
  (id) => id.replace('.', ' .'), (id) => `attack.${id.toLowerCase()}`, (id) => `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`,
  (id) => id.replace('.', '\u200B.'), (id) => `[${id}]`, (id) => `"${id}"`,
)

/** Everything that a reading says of a cell. */
function saidBy({ techniques, broken, rest, aside }: TechniqueCell): string {
  return [...techniques.map(({ name }) => name ?? ''), ...broken, ...rest, ...aside].join(' ').toLowerCase()
}

describe('cells of techniques', () => {
  it('give each id once, in order, however ids are spelt and separated', () => {
    fc.assert(fc.property(
      fc.uniqueArray(technique, { minLength: 1, maxLength: 6, selector: ({ id }) => id }),
      fc.array(spelling, { minLength: 6, maxLength: 6 }),
      separator,
      (techniques, spellings, between) => {
        const text = techniques.map(({ id }, position) => spellings[position]?.(id)).join(between)
        const cell = readTechniqueCell(text, lookup)
        expect(cell.techniques.map(({ id }) => id)).toEqual(techniques.map(({ id }) => id))
        expect([...cell.broken, ...cell.rest]).toEqual([])
      },
    ), { numRuns: 500 })
  })

  it('give the names beside ids, before or after them', () => {
    const form = fc.constantFrom<(id: string, name: string) => string>(
      (id, name) => `${id} ${name}`, (id, name) => `${id}: ${name}`, (id, name) => `${id} - ${name}`, (id, name) => `${name} (${id})`,
      (id, name) => `[${name}](https://attack.mitre.org/techniques/${id.replace('.', '/')})`, (id, name) => `${id} (${name})`,
    )
    fc.assert(fc.property(
      fc.uniqueArray(technique, { minLength: 1, maxLength: 5, selector: ({ id }) => id }), form, fc.constantFrom('; ', '\n', ' | '),
      (techniques, write, between) => {
        const cell = readTechniqueCell(techniques.map(({ id, name }) => write(id, name)).join(between), lookup)
        expect(cell.techniques).toEqual(techniques.map(({ id, name }) => ({ id, name })))
        expect([...cell.broken, ...cell.rest]).toEqual([])
      },
    ), { numRuns: 500 })
  })

  it('lose no word: whatever is neither an id nor a separator is a name, or is reported', () => {
    const junk = fc.stringMatching(/^(?:qz[a-z]{2,6}|[A-Z]{2,4}-9[0-9]{1,3}|9[0-9]{1,4}%?|Qz[a-z]{2,5} [a-z]{3,6}x)$/)
    fc.assert(fc.property(
      fc.array(fc.oneof(technique.map(({ id }) => ({ id })), junk.map((word) => ({ word }))), { minLength: 2, maxLength: 6 }),
      fc.constantFrom(' ', ', ', '; ', '\n', ' - ', ' (', ': '),
      (parts, between) => {
        const text = parts.map((part) => ('id' in part ? part.id : part.word)).join(between)
        const cell = readTechniqueCell(text, lookup)
        const ids = [...cell.techniques.map(({ id }) => id), ...cell.broken].join(' ')
        const lost = parts.filter((part) => !('id' in part ? ids.includes(part.id) : saidBy(cell).includes(part.word.toLowerCase())))
        expect(lost, text).toEqual([])
      },
    ), { numRuns: 1000 })
  })

  it('of any text give valid ids that the text has digits for', () => {
    const piece = fc.constantFrom(
      'T', '1059', '.001', '001', '(', ')', '|', '\\', '.', '-', '*', '?', '[', ']', ' ', ',', 'T1003', 'T1059.00', '<a href=', '](', 'attack.', '{',
    )
    fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4, unit: 'binary' })), { maxLength: 14 }), (pieces) => {
      const { techniques } = readTechniqueCell(pieces.join(''), lookup)
      for (const { id, name } of techniques) {
        expect(id).toMatch(/^T\d{4}(?:\.\d{3})?$/)
        expect(name).not.toBe('')
      }
    }), { numRuns: 2000 })
  })
})
