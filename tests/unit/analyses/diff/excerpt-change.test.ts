import { expect, it } from 'vitest'
import { excerptChange } from '../../../../src/analyses/diff/diff-tables.js'

it('short beginnings stay', () => {
  expect(excerptChange('detect partial', 'detect minimal')).toEqual(['detect partial', 'detect minimal'])
})

it('long beginnings are cut between words, before the difference', () => {
  const start = 'The service watches calls and tells of those that look odd, '
  expect(excerptChange(`${start}by day`, `${start}by night`)).toEqual(['…that look odd, by day', '…that look odd, by night'])
})

it('never leaves half a character', () => {
  const start = '\u{1F600}'.repeat(40)
  for (const text of excerptChange(`${start}a`, `${start}b`)) expect(text.isWellFormed()).toBe(true)
})
