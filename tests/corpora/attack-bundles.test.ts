import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { indexBundles } from '../../src/cli/attack/export-command.js'
import { shared, sharedFolder } from '../support/shared.js'

const dataFolder = new URL('../../src/attack/data/', import.meta.url)
const dataFiles = readdirSync(dataFolder).filter((name) => name.endsWith('.json'))
const bundles = sharedFolder === undefined ? [] : readdirSync(shared('attack')).filter((name) => name.endsWith('.json'))

/** A STIX object, read here without any of the code under test. */
interface Raw {
  readonly type: string
  readonly id: string
  readonly name: string
  readonly created: string
  readonly modified: string
  readonly revoked?: boolean
  readonly x_mitre_deprecated?: boolean
  readonly x_mitre_platforms?: readonly string[]
  readonly x_mitre_shortname?: string
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[]
  readonly kill_chain_phases?: readonly { readonly phase_name: string }[]
  readonly tactic_refs?: readonly string[]
  readonly relationship_type?: string
  readonly source_ref?: string
  readonly target_ref?: string
}

function readObjects(file: string): readonly Raw[] {
  const bundle: { readonly objects: readonly Raw[] } = JSON.parse(readFileSync(shared(`attack/${file}`), 'utf8'))
  return bundle.objects
}

function externalId(object: Raw | undefined): string | undefined {
  return object?.external_references?.find(({ source_name }) => source_name.startsWith('mitre'))?.external_id
}

describe('the shipped index', () => {
  it('is small', () => {
    expect(dataFiles.toSorted()).toEqual(['enterprise.json', 'ics.json', 'manifest.json', 'mobile.json'])
    const bytes = Buffer.concat(dataFiles.map((name) => readFileSync(new URL(name, dataFolder))))
    expect(bytes.byteLength).toBeLessThan(600_000)
    expect(gzipSync(bytes).byteLength).toBeLessThan(150_000)
  })
})

describe.skipIf(sharedFolder === undefined)('the shipped index, against MITRE\'s bundles', () => {
  it('is what the bundles compile to, in whatever order they are named', async () => {
    const sources = [...bundles.map((name) => shared(`attack/${name}`)), shared('formats/attack-19/attack-19.1-facts.json')]
    const { files, problems, notes } = await indexBundles(sources.toReversed())
    expect(problems).toEqual([])
    expect(notes).toEqual([])
    expect([...files?.keys() ?? []].toSorted()).toEqual(dataFiles.toSorted())
    for (const [name, text] of files ?? []) expect(text, name).toBe(readFileSync(new URL(name, dataFolder), 'utf8'))
  })

  it('covers them all', async () => {
    const index = await loadAttackIndex()
    const releases = (['enterprise', 'mobile', 'ics'] as const).flatMap((domain) =>
      index.versions(domain).filter((version) => !index.release(domain, version).lacks).map((version) => `${domain}-attack-${version}.json`))
    expect(releases.toSorted()).toEqual(bundles.toSorted())
  })

  it.each(bundles)('has every technique of %s as it is', async (file) => {
    const [, domain, version] = /^(enterprise|mobile|ics)-attack-(.+)\.json$/.exec(file) ?? []
    if (domain !== 'enterprise' && domain !== 'mobile' && domain !== 'ics') throw new Error(file)
    const release = (await loadAttackIndex()).release(domain, version)
    expect(release).toMatchObject({ domain, version, match: 'exact' })

    const objects = readObjects(file)
    const byStixId = new Map(objects.map((object) => [object.id, object]))
    const revocations = objects.filter(({ relationship_type: type }) => type === 'revoked-by')
    const replacements = new Map(revocations.map(({ source_ref: source, target_ref: target }) => [source, target]))
    const order = release.tactics.map(({ shortname }) => shortname)
    const expected = objects.filter(({ type }) => type === 'attack-pattern').map((object) => {
      const successor = externalId(byStixId.get(replacements.get(object.id) ?? ''))
      const phases = (object.kill_chain_phases ?? []).map(({ phase_name }) => phase_name)
      return {
        id: externalId(object) ?? '',
        stixId: object.id,
        name: object.name,
        tactics: phases.toSorted((left, right) => order.indexOf(left) - order.indexOf(right)),
        status: object.revoked === true ? 'revoked' : object.x_mitre_deprecated === true ? 'deprecated' : 'active',
        successor,
        // ICS has techniques for which "None" applies.
        platforms: platformsOf(object.x_mitre_platforms),
        created: object.created,
        modified: object.modified,
      }
    })
    expect(expected.flatMap(({ tactics }) => tactics).every((tactic) => order.includes(tactic))).toBe(true)
    expect(release.techniques()).toEqual(expected.toSorted((left, right) => (left.id < right.id ? -1 : 1)))
    for (const technique of expected) expect(release.technique(technique.id)).toEqual(technique)
  })

  it.each(bundles)('has the tactics of %s in the order of its matrix', async (file) => {
    const [, domain, version] = /^(enterprise|mobile|ics)-attack-(.+)\.json$/.exec(file) ?? []
    if (domain !== 'enterprise' && domain !== 'mobile' && domain !== 'ics') throw new Error(file)
    const { tactics } = (await loadAttackIndex()).release(domain, version)

    const objects = readObjects(file)
    const byStixId = new Map(objects.map((object) => [object.id, object]))
    const matrices = objects.filter(({ type }) => type === 'x-mitre-matrix')
    // Mobile has a second matrix, of network-based effects: deprecated since ATT&CK 11, and after the first one here.
    const main = matrices.filter(({ name }) => name !== 'Network-Based Effects')
    const side = matrices.filter(({ name }) => name === 'Network-Based Effects')
    const expected = [...main, ...side].flatMap((matrix) => (matrix.tactic_refs ?? []).map((stixId) => {
      const tactic = byStixId.get(stixId)
      return {
        id: externalId(tactic),
        stixId,
        shortname: tactic?.x_mitre_shortname,
        name: tactic?.name,
        deprecated: matrix.x_mitre_deprecated === true ? true : undefined,
      }
    }))
    expect(main).toHaveLength(1)
    expect(tactics).toEqual(expected)
    expect(objects.filter(({ type }) => type === 'x-mitre-tactic')).toHaveLength(tactics.length)
  })

  it('names MITRE and its marking as the newest bundle does', async () => {
    const { mitreIdentity, mitreMarking } = await import('../../src/attack/attack-index.js')
    const objects = readObjects('enterprise-attack-18.1.json')
    const { id, name, created } = mitreIdentity
    const identity = objects.find(({ type }) => type === 'identity')
    expect(identity).toMatchObject({ id, name, created, identity_class: mitreIdentity.identityClass })
    expect(objects.find(({ type }) => type === 'marking-definition')).toMatchObject({
      id: mitreMarking.id,
      created: mitreMarking.created,
      definition_type: mitreMarking.definitionType,
      definition: { statement: mitreMarking.statement },
    })
  })
})

function platformsOf(stated: readonly string[] = []): readonly string[] | undefined {
  const names = stated.filter((name) => name !== 'None').toSorted((a, b) => (a < b ? -1 : 1))
  return names.length === 0 ? undefined : names
}
