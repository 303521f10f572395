import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { createMemoryHost } from '../../src/pipeline/host.js'
import { artifactBaseName, type MappingSet } from '../../src/model/mapping-set.js'
import { mispGalaxy as mispGalaxyParser } from '../../src/parsers/misp-galaxy/misp-galaxy.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { validate } from '../../src/pipeline/validate.js'
import { buildTestGalaxy } from '../support/build-test-galaxy.js'
import { mispClusterFaults, mispGalaxyFaults } from '../support/misp-rules.js'
import { readDocument } from '../support/read-document.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { shared, sharedFolder } from '../support/shared.js'

const files = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))

/** The rows of capabilities, each once: capability, technique, mapping type and score. */
function summarise({ mappings }: Pick<MappingSet, 'mappings'>): readonly string[] {
  const rows = mappings.flatMap((row) => (row.kind === 'unmapped-technique' ? [] : [JSON.stringify([
    row.capability.id, row.kind === 'mapped' ? row.technique.id : null, row.relation, row.score?.category, row.score?.value, row.score?.related,
  ])]))
  return [...new Set(rows)].toSorted()
}

describe.skipIf(sharedFolder === undefined)('the published mapping files as MISP galaxies', async () => {
  const attack = await loadAttackIndex()
  const ownUuids = new Map<string, string>()

  it.each(files)('%s', async (file) => {
    const [set, ...others] = await readSharedSets(file, attack)
    if (!set) throw new Error('no set')
    expect(others).toEqual([])
    const built = await buildTestGalaxy(set, { attack, baseName: artifactBaseName(set) })
    const { clusters, galaxy, texts, log, rows } = built

    expect(await schemaErrors('misp-clusters', clusters)).toEqual([])
    expect(await schemaErrors('misp-galaxy', galaxy)).toEqual([])
    expect([...mispClusterFaults(clusters), ...mispGalaxyFaults(galaxy)]).toEqual([])
    const host = createMemoryHost({ 'clusters.json': texts[0] ?? '', 'galaxy.json': texts[1] ?? '' })
    const { diagnostics, files: judged } = await validate({ inputs: ['clusters.json', 'galaxy.json'] }, host)
    expect(diagnostics).toEqual([])
    expect(judged.map(({ kind }) => kind)).toEqual(['misp-clusters', 'misp-galaxy'])
    expect((await buildTestGalaxy(set, { attack, baseName: artifactBaseName(set) })).texts).toEqual(texts)

    // Every pair of capability and technique is there, and points at the uuid that some release of ATT&CK gives the technique.
    const pairs = new Set<string>()
    for (const { meta, related = [] } of clusters.values) {
      for (const relation of related) pairs.add(`${meta.external_id} ${attack.techniqueIdOf(`attack-pattern--${relation['dest-uuid']}`)}`)
    }
    const expected = set.mappings.flatMap((row) => (row.kind === 'mapped' ? [`${row.capability.id} ${row.technique.id}`] : []))
    expect(pairs).toEqual(new Set(expected))
    expect(clusters.values.map(({ meta }) => meta.external_id)).toEqual([...set.capabilities.keys()])

    // Nothing is dropped in silence: rows of techniques alone are all that is not in the clusters.
    const alone = set.mappings.filter(({ kind }) => kind === 'unmapped-technique').length
    expect(rows).toBe(set.mappings.length - alone)
    const said = log.entries.filter(({ code, message }) =>
      code === 'emit/not-representable' && message.includes('without a capability left out'))
    expect(said.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(alone)

    // Read back: every row of a capability, as far as rows differ; comments that are assigned are the row's own.
    const { sets: [read, ...more], codes } = await readDocument(mispGalaxyParser, clusters, { attack })
    expect(more).toEqual([])
    expect([read?.framework, read?.attack, read && summarise(read)]).toEqual([set.framework, set.attack, summarise(set)])
    expect((read?.mappings.length ?? 0) + (codes['parse/summary-only'] ?? 0)).toBe(set.mappings.length)
    expect(Object.keys(codes).filter((code) => code !== 'parse/summary-only' && code !== 'parse/not-attributed')).toEqual([])
    const commented = new Set(set.mappings.map((row) => `${summarise({ mappings: [row] }).join('')} ${row.comments ?? ''}`))
    const assigned = read?.mappings.filter(({ comments }) => comments !== undefined) ?? []
    expect(assigned.filter((row) => !commented.has(`${summarise({ mappings: [row] }).join('')} ${row.comments ?? ''}`)).slice(0, 3)).toEqual([])

    for (const uuid of [galaxy.uuid, clusters.uuid, ...clusters.values.map((cluster) => cluster.uuid)]) {
      expect([uuid, ownUuids.get(uuid)]).toEqual([uuid, undefined])
      ownUuids.set(uuid, file)
    }
  }, 60_000)
})
