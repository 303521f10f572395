import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { stixOptions } from '../../src/emitters/stix/stix.js'
import { buildTestBundle } from '../support/build-test-bundle.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { shared, sharedFolder } from '../support/shared.js'
import { committedPage } from './committed-page.js'

const page = readFileSync(new URL('../../docs/stix.md', import.meta.url), 'utf8')

/** A table of what each profile makes of the published mapping files together: the one of docs/stix.md. */
async function measureProfiles(): Promise<string> {
  const attack = await loadAttackIndex()
  const files = readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))
  const sums = new Map(stixOptions['stix-profile'].values.map((profile) => [profile, { objects: 0, relationships: 0, bytes: 0 }]))
  for (const file of files) {
    const sets = await readSharedSets(file, attack)
    for (const [profile, sum] of sums) {
      const { bundle: { objects }, text } = await buildTestBundle(sets, { 'stix-profile': profile }, attack)
      sum.objects += objects.length
      sum.relationships += objects.filter(({ type }) => type === 'relationship').length
      sum.bytes += new TextEncoder().encode(text).length
    }
  }
  const lines = Array.from(sums, ([profile, { objects, relationships, bytes }]) =>
    `| \`${profile}\` | ${[objects, relationships, bytes].map(separateThousands).join(' | ')} |`)
  return ['| profile | objects | relationships | bytes |', '|---|---:|---:|---:|', ...lines].join('\n')
}

function separateThousands(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

it.skipIf(sharedFolder === undefined)('docs/stix.md has the figures of the published mapping files as they are (npm run docs writes them)', async () => {
  const table = /^\| profile \| objects \| relationships \| bytes \|\n(?:\|.*\n)+/m
  expect(page).toMatch(table)
  const generated = page.replace(table, `${await measureProfiles()}\n`)
  expect(generated).toBe(await committedPage('stix.md', generated))
}, 300_000)
