import { describe, expect, it } from 'vitest'
import { checkObject } from '../../src/validation/stix/check-objects.js'
import type { Fault } from '../../src/validation/stix/fault-log.js'
import type { TreeObject } from '../../src/formats/decoded.js'
import { loadOasisSchemas } from '../support/oasis-stix.js'
import { sharedFolder } from '../support/shared.js'
import { rulesOf, sampleObject, sampleTypes, type Sample } from '../support/stix/sample-object.js'

function faultsOf(object: Sample): readonly Fault[] {
  const faults: Fault[] = []
  const plain: TreeObject = JSON.parse(JSON.stringify(object))
  checkObject(plain, { steps: [], report: (fault) => void faults.push(fault), version: '2.1', isContained: false })
  return faults
}

/** Values that stand in for a property's own, in turn. */
const others: readonly unknown[] = [
  undefined, null, '', 'x', 'x y\u0000', -1, 1e12, 1.5, true, [], [null], [''], ['x'], {}, { a: null }, { 'x y': 'z' }, [[]],
  [{}], '2024-02-30T00:00:00Z',
  '2024-01-01T00:00:00+01:00', `bundle--00000000-0000-4000-8000-000000000001`, ['bundle--00000000-0000-4000-8000-000000000001'],
  '__proto__',
]

/** Every object that differs from a sound one in one property, at the top or one level below. */
function* mutate(type: string): Generator<{ readonly what: string; readonly object: Sample }> {
  const sound = sampleObject(type)
  for (const name of Object.keys(sound)) {
    for (const value of others) yield { what: `${type}.${name} = ${JSON.stringify(value)}`, object: { ...sound, [name]: value } }
    const inner: unknown = Array.isArray(sound[name]) ? sound[name][0] : sound[name]
    if (typeof inner !== 'object' || inner === null) continue
    for (const part of Object.keys(inner)) {
      for (const value of others) {
        const changed = { ...inner, [part]: value }
        yield {
          what: `${type}.${name}.${part} = ${JSON.stringify(value)}`,
          object: { ...sound, [name]: Array.isArray(sound[name]) ? [changed] : changed },
        }
      }
    }
  }
  for (const name of ['severity', 'x', 'Name', 'x y', 'x_some_hex', 'x_some_bin']) {
    for (const value of ['zz', null, []]) yield { what: `${type} with ${name}: ${JSON.stringify(value)}`, object: { ...sound, [name]: value } }
  }
}

describe('the tables of types', () => {
  it.each(sampleTypes)('accept a valid %s', (type) => {
    expect(faultsOf(sampleObject(type))).toEqual([])
  })

  it.each(sampleTypes)('require what they say of a %s', (type) => {
    const { rules, common } = rulesOf(type)
    for (const [name, rule] of Object.entries({ ...common, ...rules.fields })) {
      if (!rule.includes('!')) continue
      const { [name]: _, ...without } = sampleObject(type)
      expect(faultsOf(without).map(({ code, message }) => `${code} ${message}`).join('\n')).toContain(`verify/schema ${name}`)
    }
  })

  it('never throw, whatever the values', () => {
    const counts = sampleTypes.flatMap((type) => Array.from(mutate(type), ({ object }) => faultsOf(object).length))
    expect(counts.length).toBeGreaterThan(10_000)
  })
})

describe.skipIf(sharedFolder === undefined)('beside the schemas of OASIS', () => {
  it.each(sampleTypes)('a valid %s passes there too', (type) => {
    expect(oasisSchemas()({ ...sampleObject(type), type })).toEqual([])
  })

  it('reports whatever they reject, unless that contradicts the specification', () => {
    const missed = allDifferences().filter(({ theirs, ours }) => theirs.length > 0 && ours.length === 0)
    expect(missed.filter(({ what }) => !shouldPass.some((known) => known.test(what)))).toEqual([])
  })

  it('reports as errors only what they, or the text of the specification, reject', () => {
    const extra = allDifferences().filter(({ theirs, ours }) => theirs.length === 0 && ours.length > 0)
    expect(extra.flatMap(({ what, ours }) => ours.map((message) => `${what}: ${message}`))
      .filter((fault) => !onlyInText.some((known) => known.test(fault)))).toEqual([])
  })
})

/** What OASIS' schemas reject, and the specification asks for. */
const shouldPass: readonly RegExp[] = [
  // Section 6.6: a value is a list of texts always; their schema wants a text, or two of them.
  /^email-message\.additional_header_fields\.Received = \["[^,]*"\]/,
]

/** What the text of the specification asks for, and OASIS' schemas do not look at. */
const onlyInText: readonly RegExp[] = [
  // Section 2.16 by way of RFC 3339: the thirtieth of February is no day.
  /2024-02-30T00:00:00Z".*is not a UTC timestamp/,
  // Section 2.9 and each table of properties: the types that a reference may lead to.
  /refers to an object of an unexpected type$/,
  // Section 6: references of observables are identifiers; the schemas take any text.
  /_refs? is not the id of an object$/,
  // Sections 3.1 and 7.2.1: names of properties, empty values and the endings of names, on objects whose schema lets everything pass.
  /^marking-definition\b.*(?:that the specification reserves|a property name is not|a custom property|a property whose name ends in)/,
  // Section 3.2: lang is a string; it is missing in the schemas of marking definitions.
  /^marking-definition\.lang .*lang is not a string$/,
]

interface Difference {
  readonly what: string
  readonly theirs: readonly string[]
  readonly ours: readonly string[]
}

let loaded: ReturnType<typeof loadOasisSchemas> | undefined
let found: readonly Difference[] | undefined

function oasisSchemas(): ReturnType<typeof loadOasisSchemas> {
  loaded ??= loadOasisSchemas()
  return loaded
}

/** Changed objects for which the two differ. Of ours, `verify/schema` alone counts against an object that they let pass. */
function allDifferences(): readonly Difference[] {
  found ??= sampleTypes.flatMap((type) => Array.from(mutate(type)).flatMap(({ what, object }) => {
    const plain: { readonly type: string } = JSON.parse(JSON.stringify(object))
    if (plain.type !== type) return []
    const theirs = oasisSchemas()(plain)
    const ours = faultsOf(object).filter(({ code }) => theirs.length > 0 || code === 'verify/schema').map(({ message }) => message)
    return (theirs.length > 0) === (ours.length > 0) ? [] : [{ what, theirs, ours }]
  }))
  return found
}
