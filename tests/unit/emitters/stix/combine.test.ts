import { describe, expect, it } from 'vitest'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { objectsOf, rowCount } from '../../../support/bundle-objects.js'
import { duplicateTriples, unresolvedReferences } from '../../../support/bundle-references.js'
import { readStixExtension } from '../../../support/read-stix-extension.js'
import { createSet, mapped } from '../../../support/small-set.js'

const nist = { id: 'nist_800_53', name: 'NIST 800-53' }
const named = { id: 'AC-2', description: 'Account Management' }

describe('several sets in one bundle', () => {
  it('share the objects that they have in common', async () => {
    const older = createSet({
      rows: [mapped('AC-2', 'T1190', { comments: 'Old.' })],
      framework: { ...nist, version: 'rev5' },
      about: { created: '2020-01-01' },
    })
    const newer = {
      ...createSet({
        rows: [mapped('AC-2', 'T1190', { comments: 'New.' }), mapped('AC-3', 'T1190')],
        framework: { ...nist, version: 'rev5' },
        about: { created: '2021-01-01', modified: '2022-01-01' },
      }),
      attack: { domain: 'enterprise' as const, version: '17.1' },
    }
    const { bundle } = await buildTestBundle([newer, older])
    expect(objectsOf(bundle, 'course-of-action')).toHaveLength(2)
    expect(objectsOf(bundle, 'attack-pattern')).toHaveLength(1)
    expect(objectsOf(bundle, 'grouping')).toHaveLength(2)
    expect(duplicateTriples(bundle)).toEqual([])
    const [shared] = objectsOf(bundle, 'relationship')
    expect(shared && rowCount(shared)).toBe(2)
    expect(shared).toMatchObject({
      created: '2020-01-01T00:00:00.000Z',
      modified: '2022-01-01T00:17:01.010Z',
      description: [
        'NIST 800-53 rev5 to ATT&CK 17.1 (enterprise).', 'New.', 'NIST 800-53 rev5 to ATT&CK 16.1 (enterprise).', 'Old.',
      ].join('\n\n'),
    })
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    expect(unresolvedReferences(bundle)).toEqual([])
    expect(readStixExtension(bundle)).toStrictEqual([newer, older])
  })

  it('name capabilities of two releases of a framework apart', async () => {
    const sets = ['rev4', 'rev5'].map((version) =>
      createSet({ rows: [mapped('AC-2', 'T1190', { capability: named })], framework: { ...nist, version } }))
    const { bundle } = await buildTestBundle(sets)
    expect(objectsOf(bundle, 'course-of-action').map(({ name }) => name)).toEqual([
      'AC-2 Account Management (rev4)',
      'AC-2 Account Management (rev5)',
    ])
  })

  it('of the same releases keep a container each', async () => {
    const sets = [createSet({ rows: [mapped('A', 'T1190')] }), createSet({ rows: [mapped('B', 'T1190')] })]
    const { bundle } = await buildTestBundle(sets)
    expect(new Set(objectsOf(bundle, 'grouping').map(({ id }) => id)).size).toBe(2)
    expect(readStixExtension(bundle)).toStrictEqual(sets)
  })

  it('have the ids that they have alone', async () => {
    const sets = [createSet({ rows: [mapped('A', 'T1190')] }), createSet({ rows: [mapped('B', 'T1190')], framework: nist })]
    const alone = await Promise.all(sets.map(async (set) => (await buildTestBundle(set)).bundle.objects.map(({ id }) => id)))
    const { bundle } = await buildTestBundle(sets)
    expect(new Set(bundle.objects.map(({ id }) => id))).toEqual(new Set(alone.flat()))
  })
})
