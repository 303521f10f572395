import { describe, expect, it } from 'vitest'
import { stixOptions } from '../../../../src/emitters/stix/stix.js'
import { stixProfiles } from '../../../../src/emitters/stix/profiles.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { objectsOf } from '../../../support/bundle-objects.js'
import { unresolvedReferences } from '../../../support/bundle-references.js'
import { readStixExtension } from '../../../support/read-stix-extension.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

describe('profiles', () => {
  it('are the choices of the option', () => {
    expect(Object.keys(stixProfiles)).toEqual(stixOptions['stix-profile'].values)
  })

  it('opencti has no extension, and says what that loses', async () => {
    const { bundle, log } = await buildTestBundle(sampleSet(), { 'stix-profile': 'opencti' })
    expect(JSON.stringify(bundle)).not.toContain('extension')
    expect(log.entries).toMatchObject([{ code: 'emit/not-representable', count: 5 }])
    expect(unresolvedReferences(bundle)).toEqual([])
  })

  it('spec cites references on relationships, tip does not', async () => {
    const rows = [
      mapped('AC-2', 'T1190', { references: ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d', 'RFC 1, section 2'] }),
      mapped('AC-2', 'T1190', { references: ['http://cve/x', 'https://example.org/a b', 'https://example.org/%zz'] }),
      mapped('AC-2', 'T1190', { references: ['https://é.example', 'javascript:alert(1)'] }),
    ]
    const set = createSet({ rows })
    const spec = await buildTestBundle(set, { 'stix-profile': 'spec' })
    expect(objectsOf(spec.bundle, 'relationship')[0]?.external_references).toEqual([
      { source_name: 'example.org', url: 'https://example.org/a?b=c#d' },
      { source_name: 'citation', description: 'RFC 1, section 2' },
      { source_name: 'framework-cve', url: 'http://cve/x' },
      { source_name: 'citation', description: 'https://example.org/a b' },
      { source_name: 'citation', description: 'https://example.org/%zz' },
      { source_name: 'citation', description: 'https://é.example' },
      { source_name: 'citation', description: 'javascript:alert(1)' },
    ])
    expect(await schemaErrors('stix-bundle', spec.bundle)).toEqual([])
    const tip = await buildTestBundle(set)
    expect(objectsOf(tip.bundle, 'relationship')[0]?.external_references).toBeUndefined()
  })

  it('attack-present leaves out what ATT&CK has, and nothing else', async () => {
    const set = createSet({ rows: [mapped('AC-2', 'T1190'), mapped('AC-2', 'T9999')] })
    const { bundle } = await buildTestBundle(set, { 'stix-profile': 'attack-present' })
    expect(objectsOf(bundle, 'attack-pattern').map(({ name }) => name)).toEqual(['T9999'])
    expect(unresolvedReferences(bundle)).toEqual(['attack-pattern--00000000-0000-4000-8000-000000001190'])
    expect(readStixExtension(bundle)).toStrictEqual([set])
  })
})
