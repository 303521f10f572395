import { describe, expect, it } from 'vitest'
import { createDiagnostic } from '../../../src/diagnostics/diagnostic.js'
import { summariseCases } from '../../../src/diagnostics/counts-in-words.js'

describe('the summary of a verdict', () => {
  it('says for how many cases its messages stand, where there are more', () => {
    expect(summariseCases([
      createDiagnostic('verify/schema', {}), createDiagnostic('verify/reference', { count: 30 }),
      createDiagnostic('verify/reference', {}), createDiagnostic('verify/custom', {}),
    ])).toBe('1 error, 2 warnings (31 cases), 1 note')
  })

  it('is none where nothing was found', () => {
    expect(summariseCases([])).toBeUndefined()
  })
})
