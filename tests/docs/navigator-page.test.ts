import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { navigatorOptions } from '../../src/emitters/navigator/navigator.js'

const page = readFileSync(new URL('../../docs/navigator.md', import.meta.url), 'utf8')

it.each(Object.entries(navigatorOptions))('docs/navigator.md lists --%s with its values and default', (name, spec) => {
  const values = spec.kind === 'choice' ? spec.values.map((value) => `\`${value}\``).join(', ') : 'a number'
  expect(page).toContain(`| \`--${name}\` | ${values} | \`${String(spec.default)}\` |`)
})

it('docs/navigator.md lists no option that there is not', () => {
  const listed = Array.from(page.matchAll(/^\| `--([a-z-]+)` \|/gm), ([, name]) => name)
  expect(listed).toEqual(Object.keys(navigatorOptions))
})
