import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Bundle } from '../../src/emitters/stix/stix-object.js'
import { duplicateTriples, unresolvedReferences } from '../support/bundle-references.js'
import { objectsOf } from '../support/bundle-objects.js'
import { loadOasisSchemas } from '../support/oasis-stix.js'
import { shared, sharedFolder } from '../support/shared.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const samples = fileURLToPath(new URL('../../input', import.meta.url))
/** What the wild calls official: UUIDs of other versions, and those that STIX and MITRE fix. */
const officialTypes = new Set(['attack-pattern', 'identity', 'marking-definition', 'extension-definition'])

async function convertToBundles(input: string, ...args: readonly string[]): Promise<ReadonlyMap<string, Bundle>> {
  const cwd = await createFolder()
  const { code } = await runCrosswalk(['convert', input, '--to', 'stix', ...args], { cwd })
  expect(code).toBe(0)
  const bundles = new Map<string, Bundle>()
  for (const name of await readdir(join(cwd, 'output'))) {
    if (!name.endsWith('.stix.json')) continue
    const bundle: Bundle = JSON.parse(await readFile(join(cwd, 'output', name), 'utf8'))
    bundles.set(name, bundle)
  }
  return bundles
}

/** The official STIX ids of the techniques of the newest releases, by technique id. */
function readOfficialIds(): ReadonlyMap<string, string> {
  interface Pattern { readonly type: string, readonly id: string, readonly external_references?: readonly Reference[] }
  interface Reference { readonly source_name: string, readonly external_id?: string }
  const ids = new Map<string, string>()
  for (const domain of ['enterprise', 'mobile', 'ics']) {
    const bundle: { readonly objects: readonly Pattern[] } =
      JSON.parse(readFileSync(shared(`attack/${domain}-attack-18.1.json`), 'utf8'))
    for (const { type, id, external_references: references = [] } of bundle.objects) {
      const technique = references.find(({ source_name: source }) => source === 'mitre-attack')?.external_id
      if (type === 'attack-pattern' && technique !== undefined) ids.set(technique, id)
    }
  }
  return ids
}

describe.skipIf(sharedFolder === undefined).each([
  ['the seeds', () => shared('seeds')],
  ['the samples', () => samples],
])('every bundle of %s', (_name, input) => {
  it.each([[[]], [['--combine']], [['--stix-profile', 'spec']], [['--stix-profile', 'opencti']]])(
    'satisfies the schemas of OASIS, object by object, and every reference resolves: %j', async (args) => {
      const oasisErrors = loadOasisSchemas()
      const bundles = await convertToBundles(input(), ...args)
      expect(bundles.size).toBeGreaterThan(4)
      for (const [name, bundle] of bundles) {
        expect(bundle.objects.flatMap((object) => oasisErrors(object).map((error) => `${name} ${object.id} ${error}`))).toEqual([])
        expect(unresolvedReferences(bundle)).toEqual([])
        expect(duplicateTriples(bundle)).toEqual([])
        expect(new Set(bundle.objects.map(({ id }) => id)).size).toBe(bundle.objects.length)
      }
    })

  it('has the official id of every technique that ATT&CK knows, and no id is random', async () => {
    const official = readOfficialIds()
    for (const bundle of (await convertToBundles(input())).values()) {
      const patterns = objectsOf(bundle, 'attack-pattern')
      const known = patterns.flatMap(({ id, external_references: references = [] }) => references.flatMap(
        ({ source_name: source, external_id: technique = '' }) => source.startsWith('mitre-') ? [[technique, id] as const] : [],
      ))
      expect(known.length).toBeGreaterThan(0)
      for (const [technique, id] of known) expect(id).toBe(official.get(technique))
      const randomOrOfficial = bundle.objects.filter(({ id }) => id.split('--')[1]?.charAt(14) === '4')
      expect(randomOrOfficial.filter(({ type }) => !officialTypes.has(type))).toEqual([])
    }
  })
})
