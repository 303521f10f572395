import type { Code } from '../../diagnostics/catalogue.js'
import type { ReportAt } from '../../diagnostics/diagnostic.js'
import type { TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { isTreeObject, textOf } from '../../formats/tree-fields.js'

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

/** A scalar as JSON writes it, shortened; of lists and mappings only what they are. */
export function showValue(value: TreeValue): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isTreeObject(value)) return 'an object'
  return JSON.stringify(typeof value === 'string' && value.length > 100 ? `${value.slice(0, 100)}…` : value)
}

/** How many faults of one kind are told one by one; the last of them counts the rest. Of what is true of a whole kind, one. */
const mostReported = 20
const longestId = 120

/** Tells what is wrong with the objects of a bundle. A million like faults make as many diagnostics as twenty do. */
export interface FaultLog {
  /**
   * `index` is the object's place in the bundle; the kind of a fault is its message and `about`; `above` are the steps that lead
   * to where the fault's own begin.
   */
  readonly tell: (index: number, fault: Fault, about?: string, above?: Fault['steps']) => void
  /** The same for what is not the fault of one object: told at the first, with the number of all. */
  readonly tellOnce: (index: number, fault: Fault, about?: string) => void
  /** Tells what was held back until its number was known. */
  readonly finish: () => void
}

interface Kind {
  count: number
  /** How many of them are told. */
  readonly most: number
  last?: (count: number) => void
}

/** Creates a log for the objects of a bundle. */
export function createFaultLog(objects: readonly TreeValue[], reportAt: ReportAt): FaultLog {
  const messages = new Map<string, Map<string, Kind>>()

  /** By message, then by what it is about: to join them into one key takes longer than all else when everything is wrong. */
  function kindOf(message: string, about: string, most: number): Kind {
    let kinds = messages.get(message)
    if (!kinds) {
      kinds = new Map()
      messages.set(message, kinds)
    }
    let kind = kinds.get(about)
    if (!kind) {
      kind = { count: 0, most }
      kinds.set(about, kind)
    }
    return kind
  }

  function reportUpTo(most: number, index: number, fault: Fault, about: string, above: Fault['steps'] = []): void {
    const kind = kindOf(fault.message, about, most)
    kind.count += 1
    if (kind.count > most) return
    const { code, message, steps = [], ...details } = fault
    const pointer = ['objects', index, ...above, ...steps].map(pointerStep).join('')
    const id = textOf(objects[index], 'id')
    const named = id === undefined ? `object ${index}` : id.length > longestId ? `${id.slice(0, longestId)}…` : id
    const report = (count: number): void =>
      reportAt(pointer, code, { message: `${named}: ${message}`, ...details, ...(count > 1 && { count }) })
    if (kind.count < most) report(1)
    else kind.last = report
  }

  return {
    tell: (index, fault, about = '', above = []) => reportUpTo(mostReported, index, fault, about, above),
    tellOnce: (index, fault, about = '') => reportUpTo(1, index, fault, about),
    finish() {
      for (const kinds of messages.values()) {
        for (const { count, most, last } of kinds.values()) last?.(count - most + 1)
      }
    },
  }
}
