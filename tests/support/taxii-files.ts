import type { BundleFile } from '../../src/taxii/server/collection.js'
import { splitBundle, type SplitBundle } from '../../src/taxii/server/split-bundle.js'

/** An object of a bundle, as JSON has it. */
export type PlainObject = Readonly<Record<string, unknown>>

/** Takes a bundle's text apart, to the end. */
export function splitWhole(text: string | Uint8Array): SplitBundle {
  const steps = splitBundle(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** A bundle's file with these objects, as it is in memory. */
export function bundleFile(name: string, changedAt: number, objects: readonly PlainObject[]): BundleFile {
  const split = splitWhole(JSON.stringify({ type: 'bundle', id: 'bundle--1', objects }))
  if ('problem' in split) throw new Error(split.problem)
  return { name, changedAt, title: split.title ?? name, objects: split.objects }
}

/** An object with a number, and what else it says. */
export function numbered(number: number, more: PlainObject = {}): PlainObject {
  const id = `indicator--${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`
  return { type: 'indicator', spec_version: '2.1', id, created: '2024-01-01T00:00:00.000Z', modified: '2024-01-01T00:00:00.000Z', ...more }
}
