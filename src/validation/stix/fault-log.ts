import type { Code } from '../../diagnostics/catalogue.js'
import type { ReportAt } from '../../diagnostics/diagnostic.js'
import { isObject, textOf, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'

/**
 * A fault that a check finds in a value. The message contains no text of the document, so that equal faults can be counted.
 */
export interface Fault {
  readonly code: Code
  readonly message: string
  readonly found?: string
  readonly expected?: string
  readonly hint?: string
  /** The path of the fault from the value that is checked; absent: the value itself. */
  readonly steps?: readonly (string | number)[]
}

/** The place that a check is at, and where it reports. `steps` are pushed and popped: valid values cost no pointers. */
export interface Site {
  readonly steps: (string | number)[]
  readonly report: (fault: Fault) => void
  /** The object's `spec_version`, else the bundle's. */
  readonly version: '2.0' | '2.1'
  /** Whether the object is in a container of observables, where references may be its keys ("0") instead of ids. */
  readonly isContained: boolean
}

/** A scalar as JSON, shortened; for lists and objects, only their kind. */
export function showValue(value: TreeValue): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isObject(value)) return 'an object'
  return JSON.stringify(typeof value === 'string' && value.length > 100 ? `${value.slice(0, 100)}…` : value)
}

/** How many faults of one kind are reported individually; the last of them has the count of the remaining ones. */
const mostReported = 20
const longestId = 120

/** Reports the faults of the objects of a bundle, and caps their number: a million equal faults make twenty diagnostics. */
export interface FaultLog {
  /**
   * `index` is the object's index in the bundle. Faults with equal message and `about` are of one kind. `above` is the path from
   * the object to the value that was checked.
   */
  readonly report: (index: number, fault: Fault, about?: string, above?: Fault['steps']) => void
  /** Reports a fault that is true of a whole kind of objects: only the first one, with the count of all. */
  readonly reportOnce: (index: number, fault: Fault, about?: string) => void
  /** Reports the faults whose counts are known only at the end. */
  readonly finish: () => void
}

interface Kind {
  count: number
  /** How many of them are reported. */
  readonly most: number
  last?: (count: number) => void
}

/** Creates the log of a bundle's `objects`. */
export function createFaultLog(objects: readonly TreeValue[], reportAt: ReportAt): FaultLog {
  const messages = new Map<string, Map<string, Kind>>()

  /** Nested maps: building joined keys would dominate the run time when every object is invalid. */
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
    report: (index, fault, about = '', above = []) => reportUpTo(mostReported, index, fault, about, above),
    reportOnce: (index, fault, about = '') => reportUpTo(1, index, fault, about),
    finish() {
      for (const kinds of messages.values()) {
        for (const { count, most, last } of kinds.values()) last?.(count - most + 1)
      }
    },
  }
}
