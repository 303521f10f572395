import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { extensionKey } from '../../src/emitters/stix/preamble-objects.js'
import { epoch, stixNamespace } from '../../src/emitters/objects/stix-id.js'
import { stixOptions } from '../../src/emitters/stix/stix.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'

const page = readFileSync(new URL('../../docs/stix.md', import.meta.url), 'utf8')

describe('docs/stix.md', () => {
  it.each([stixNamespace, extensionKey, epoch])('names %s', (constant) => {
    expect(page).toContain(`\`${constant}\``)
  })

  it('has a row for every profile, the default first', () => {
    const rows = Array.from(page.matchAll(/^\| `([a-z-]+)`( \(default\))? \| (?:in the bundle|left out)/gm), ([, name]) => name)
    expect(rows).toEqual(stixOptions['stix-profile'].values)
    expect(rows[0]).toBe(stixOptions['stix-profile'].default)
  })

  it('shows an extension that satisfies its schema', async () => {
    const [, example] = /```json\n([^`]+)```/.exec(page) ?? []
    expect(await schemaErrors('stix-extension', JSON.parse(example ?? ''))).toEqual([])
  })
})
