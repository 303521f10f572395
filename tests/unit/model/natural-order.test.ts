import { describe, expect, it } from 'vitest'
import { compareQuickly } from '../../../src/model/natural-order.js'
import { compareNaturally } from '../../../src/model/text.js'

describe.each([['compareNaturally', compareNaturally], ['compareQuickly', compareQuickly]] as const)('%s', (_, compare) => {
  it.each([
    ['AC-2', 'AC-10'],
    ['AC-10', 'AC-10a'],
    ['AC-2', 'AD-1'],
    ['AC', 'AC-1'],
    ['/mapping_objects/9/a', '/mapping_objects/10'],
    ['T1001.002', 'T1001.010'],
    ['AC-02', 'AC-2a'],
    ['1234567890123456789', '12345678901234567890'],
    ['AC 1', 'AC_1'],
    ['Zone', 'area'],
    ['1', 'a'],
  ])('%s is before %s', (first, second) => {
    expect(compare(first, second)).toBeLessThan(0)
    expect(compare(second, first)).toBeGreaterThan(0)
  })

  it('takes numbers that differ in zeros only for equal', () => {
    expect(compare('AC-02', 'AC-2')).toBe(0)
    expect(compare('AC-2', 'AC-2')).toBe(0)
  })
})
