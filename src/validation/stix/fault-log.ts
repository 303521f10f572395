import { pointerStep } from '../../formats/json-pointer.js'
import type { TreeValue } from '../../formats/decoded.js'
import { textOf } from '../tree-fields.js'
import type { ValidationContext } from '../validator.js'
import type { Fault } from './site.js'

/** How many faults of one kind are told one by one; the last of them counts the rest. Of what is true of a whole kind, one. */
const told = 20
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
export function createFaultLog(objects: readonly TreeValue[], reportAt: ValidationContext['reportAt']): FaultLog {
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

  function tellUpTo(most: number, index: number, fault: Fault, about: string, above: Fault['steps'] = []): void {
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
    tell: (index, fault, about = '', above = []) => tellUpTo(told, index, fault, about, above),
    tellOnce: (index, fault, about = '') => tellUpTo(1, index, fault, about),
    finish() {
      for (const kinds of messages.values()) {
        for (const { count, most, last } of kinds.values()) last?.(count - most + 1)
      }
    },
  }
}
