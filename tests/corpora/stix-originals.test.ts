import { readdirSync, readFileSync } from 'node:fs'
import { compareText } from '../../src/model/text.js'
import { describe, expect, it } from 'vitest'
import { loadAttack, loadAttackIndex } from '../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { stixBundle } from '../../src/parsers/stix-bundle/stix-bundle.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { buildTestBundle } from '../support/build-test-bundle.js'
import { unresolvedReferences } from '../support/bundle-references.js'
import { loadOasisSchemas } from '../support/oasis-stix.js'
import { readDocument, withoutDocument } from '../support/read-document.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { shared, sharedFolder } from '../support/shared.js'

/** All but four of the ten of NIST 800-53: the same releases of ATT&CK and the same techniques as the other revision's. */
const files = sharedFolder === undefined ? [] : readdirSync(shared('mappings'))
  .filter((name) => name.endsWith('.json') && !/rev4_attack-(?:8|9|10|12)\./.test(name))
const name = 'read back.stix.json'

describe.skipIf(sharedFolder === undefined)('the published mapping files with the ATT&CK bundle that they were made for', async () => {
  const index = await loadAttackIndex()
  const oasisErrors = sharedFolder === undefined ? () => [] : loadOasisSchemas()

  it.each(files)('%s', async (file) => {
    const release = /attack-([\d.]+)-(\w+)\.json$/.exec(file)
    const bundleName = `${release?.[2]}-attack-${release?.[1]}.json`
    const bytes = readFileSync(shared(`attack/${bundleName}`))
    const raw: { objects: { id: string; type: string }[] } = JSON.parse(bytes.toString('utf8'))
    const theirs = new Map(raw.objects.map((object) => [object.id, object]))
    const document = { name: bundleName, path: bundleName, bytes, sha256: 'c'.repeat(64) }
    const attack = await loadAttack({ attackBundle: document }, createDiagnosticLog().report)

    const sets = await readSharedSets(file, index)
    const { bundle, text, log } = await buildTestBundle(sets, {}, attack)
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    expect(bundle.objects.flatMap((object) => oasisErrors(object).map((error) => `${object.id} ${error}`))).toEqual([])
    expect(unresolvedReferences(bundle)).toEqual([])
    expect(new Set(bundle.objects.map(({ id }) => id)).size).toBe(bundle.objects.length)
    // Every technique that both bundles have is the same to the letter, but for those that the bundle has as no valid STIX 2.1.
    const shown = bundle.objects.filter(({ id }) => theirs.has(id))
    const techniques = shown.filter(({ type }) => type === 'attack-pattern')
    const changed = techniques.filter((object) => JSON.stringify(object) !== JSON.stringify(theirs.get(object.id)))
    const rebuilt = log.entries.find(({ code }) => code === 'emit/technique-rebuilt')?.count ?? 0
    expect(changed.map(({ type }) => type)).toEqual(Array.from({ length: rebuilt }, () => 'attack-pattern'))
    expect(techniques.length).toBeGreaterThan(rebuilt)
    // MITRE's identity and marking have one content in all bundles (src/emitters/stix/techniques.ts): each release has another text of the marking.
    const others = shown.filter(({ type }) => type !== 'attack-pattern')
    expect(others.map(({ type }) => type).toSorted()).toEqual(['identity', 'marking-definition'])
    const [identity, marking] = others.toSorted((one, other) => compareText(one.type, other.type))
    expect(identity).toEqual(theirs.get(identity?.id ?? ''))
    expect(marking).toMatchObject({ definition_type: 'statement', definition: { statement: expect.stringContaining('The MITRE Corporation') } })

    const read = await readDocument(stixBundle, text, { attack, name })
    expect(read.sets.map((set) => withoutDocument(set, name))).toEqual(sets)
    expect(read.codes).toEqual({})
  }, 60_000)
})
