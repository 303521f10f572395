import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { fieldOf, itemsOf, textOf, type TreeValue } from '../../src/formats/decoded.js'
import { stixOptions } from '../../src/emitters/stix/stix.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { buildTestBundle } from '../support/build-test-bundle.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { shared, sharedFolder } from '../support/shared.js'

const files = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))
const releases = ['8.2', '16.1', '18.1'].flatMap((version) => ['enterprise', 'mobile', 'ics'].map((domain) => `${domain}-attack-${version}.json`))

describe.skipIf(sharedFolder === undefined)('all published mapping files as bundles in one folder', async () => {
  const attack = await loadAttackIndex()

  it.each(stixOptions['stix-profile'].values)('have no version with two contents, nor with all sets in one more bundle: %s', async (profile) => {
    const sets: ResolvedSet[] = []
    const versions = new Map<string, string>()
    const twice = new Set<string>()
    for (const file of files) {
      const read = await readSharedSets(file, attack)
      sets.push(...read)
      await add(read)
    }
    await add(sets)
    expect([...twice]).toEqual([])
    expect(versions.size).toBeGreaterThan(50_000)

    async function add(some: readonly ResolvedSet[]): Promise<void> {
      const { bundle } = await buildTestBundle(some, { 'stix-profile': profile }, attack)
      for (const object of bundle.objects) {
        const version = versionOf(object)
        const text = JSON.stringify(object)
        if ((versions.get(version) ?? text) !== text) twice.add(version)
        versions.set(version, text)
      }
    }
  }, 120_000)

  it('contradict no object of MITRE’s own bundles, and are older than any version of a technique', async () => {
    const sets: ResolvedSet[] = []
    for (const file of files) sets.push(...await readSharedSets(file, attack))
    const { bundle } = await buildTestBundle(sets, {}, attack)
    const ours = new Map(bundle.objects.map((object) => [object.id, object]))
    let compared = 0
    const contradictions: string[] = []
    for (const file of releases) {
      const theirs: TreeValue = JSON.parse(readFileSync(shared(`attack/${file}`), 'utf8'))
      for (const object of itemsOf(theirs, 'objects')) {
        const own = ours.get(textOf(object, 'id') ?? '')
        const modified = fieldOf(object, 'modified')
        // Markings have no versions, and MITRE changes the years in its own with each release.
        if (!own || !('modified' in own) || typeof modified !== 'string') continue
        compared += 1
        const agrees = own.modified === modified ? isDeepStrictEqual(own, object) : own.modified < modified
        if (!agrees) contradictions.push(`${file} ${own.id}`)
      }
    }
    expect(contradictions).toEqual([])
    expect(compared).toBeGreaterThan(1000)
  }, 120_000)
})

function versionOf(object: object): string {
  const { id, modified, created }: { id?: string; modified?: string; created?: string } = object
  return `${id} ${modified ?? created}`
}
