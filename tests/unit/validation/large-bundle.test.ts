import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import { validate } from '../../../src/pipeline/validate.js'

const uuid = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`
const [created, modified] = ['2024-01-02T00:00:00.000Z', '2024-01-01T00:00:00.000Z']

/** The text of a bundle with faults, one object a line; `description` is that of ten of them. */
function bundleText(description: string): string {
  const objects = Array.from({ length: 300 }, (_, nth) => ({ type: 'tool', id: `tool--${uuid(nth)}`, spec_version: '2.1', created, modified: created, name: 'x' }))
  const lines = objects.map((object) => JSON.stringify(object))
  for (let nth = 100; nth < 110; nth += 1) lines[nth] = JSON.stringify({ ...objects[nth], description })
  lines[150] = JSON.stringify({ ...objects[150], modified, aliases: [7] })
  lines[299] = JSON.stringify({ ...objects[299], name: undefined }).replace('"type"', '"spec_version":"2.1","type"')
  return `{"type":"bundle","id":"bundle--${uuid(999)}","x":[],"objects":[\n${lines.join(',\n')}\n]}\n`
}

async function diagnose(text: string): Promise<readonly Diagnostic[]> {
  return (await validate({ inputs: ['b.json'] }, createMemoryHost({ 'b.json': text }))).diagnostics
}

describe('a bundle that is so large that it is read part by part', () => {
  it('has the diagnostics of a small one, at the same places', async () => {
    const small = await diagnose(bundleText('d'))
    expect(small.map(({ code, origin: { place } = {} }) => [code, place?.kind === 'pointer' ? place.pointer : place?.kind, place && 'line' in place ? place.line : 0])).toEqual([
      ['read/duplicate-name', 'text', 301],
      ['verify/schema', '/objects/150/aliases/0', 152],
      ['verify/meaning', '/objects/150/modified', 152],
      ['verify/schema', '/objects/299', 301],
    ])
    expect(await diagnose(bundleText('d'.repeat(900_000)))).toEqual(small)
  })

  it('is read as a whole if it is not well-formed', async () => {
    const text = bundleText('d'.repeat(900_000)).replace(/\]\}\n$/, ']\n')
    expect((await diagnose(text)).map(({ code }) => code)).toEqual(['read/malformed'])
  })
})
