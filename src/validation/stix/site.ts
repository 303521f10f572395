import type { Code } from '../../diagnostics/catalogue.js'

/**
 * What a check has to say of the value that it looks at. Its message holds no text of the document, so that like ones can be
 * counted.
 */
export interface Fault {
  readonly code: Code
  readonly message: string
  readonly found?: string
  readonly expected?: string
  readonly hint?: string
  /** Where, from the object that is looked at: the value itself when absent. */
  readonly steps?: readonly (string | number)[]
}

/** Where checks stand in an object, and whom they tell. Steps are pushed and popped: no pointer is made for what is sound. */
export interface Site {
  readonly steps: (string | number)[]
  readonly tell: (fault: Fault) => void
  /** The version of STIX that the object says it is of. */
  readonly version: '2.0' | '2.1'
  /** Whether references may name the neighbours in a container of observables ("0") instead of objects. */
  readonly isContained: boolean
}
