import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkObject } from '../../src/validation/stix/check-objects.js'
import type { Fault, Site } from '../../src/validation/stix/fault-log.js'
import { isObject, type TreeValue } from '../../src/formats/decoded.js'
import { createMemoryHost } from '../../src/pipeline/host.js'
import { validate } from '../../src/pipeline/validate.js'
import { loadOasisSchemas } from '../support/oasis-stix.js'
import { shared, sharedFolder } from '../support/shared.js'

/** Bundles of ATT&CK, first, middle and newest, and CTID's old ones of NIST 800-53, which say that they are of no version. */
function listBundles(): readonly string[] {
  const attack = readdirSync(shared('attack')).filter((name) => /-(?:8\.2|16\.1|18\.1)\.json$/.test(name)).map((name) => `attack/${name}`)
  const nist = readdirSync(shared('legacy/nist')).filter((name) => name.endsWith('.json')).map((name) => `legacy/nist/${name}`)
  return [...attack, ...nist]
}

function faultsOf(object: TreeValue): readonly Fault[] {
  const faults: Fault[] = []
  const site: Site = { steps: [], report: (fault) => void faults.push(fault), version: '2.1', isContained: false }
  if (isObject(object)) checkObject(object, site)
  return faults
}

describe.skipIf(sharedFolder === undefined)('real bundles', () => {
  it('pass and fail as with the schemas of OASIS, object by object', () => {
    const oasis = loadOasisSchemas()
    const differences: string[] = []
    let count = 0
    for (const path of listBundles()) {
      const bundle: { readonly type: string; readonly objects: readonly { readonly type: string; readonly id: string }[] } =
        JSON.parse(readFileSync(shared(path), 'utf8'))
      if (bundle.type !== 'bundle') continue
      for (const object of bundle.objects) {
        const theirs = oasis(object).filter((error) => !error.startsWith('no schema'))
        const tree: TreeValue = JSON.parse(JSON.stringify(object))
        const ours = faultsOf(tree)
        const isError = ours.some(({ code }) => code === 'verify/schema')
        if (theirs.length > 0 && ours.length === 0) differences.push(`${path} ${object.id} passes: ${theirs.join('; ')}`)
        if (theirs.length === 0 && isError) differences.push(`${path} ${object.id}: ${ours.map(({ message }) => message).join('; ')}`)
        count += 1
      }
    }
    expect(differences).toEqual([])
    expect(count).toBeGreaterThan(15_000)
  })

  it.each(['enterprise-attack-18.1.json', 'mobile-attack-8.2.json'])('%s is valid as a whole', async (name) => {
    const text = readFileSync(shared(`attack/${name}`), 'utf8')
    const { diagnostics } = await validate({ inputs: [name], platforms: ['opencti', 'misp'] }, createMemoryHost({ [name]: text }))
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(diagnostics.filter(({ code }) => code === 'verify/reference')).toEqual([])
  })
})
