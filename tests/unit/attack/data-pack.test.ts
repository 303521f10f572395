import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ReleaseFacts } from '../../../src/attack/attack-index.js'
import { createPack, readPack, releaseFacts, renderPack, startsAsPack } from '../../../src/attack/stored-index.js'
import { schemaErrors } from '../../../src/schemas/schema-errors.js'
import { eventfulAttack } from '../../support/made-up-attack.js'

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

const index = eventfulAttack()
const releases: readonly ReleaseFacts[] = [
  ...index.versions('enterprise').map((version) => releaseFacts(index.release('enterprise', version))),
  { ...releaseFacts(index.release('mobile', '2.0')), lacks: ['dates', 'withdrawn'] },
]
const sourced = releases.map((release) => ({ ...release, source: `${release.domain}.json` }))

function parsed(): { releases: { version: string }[]; data: Record<string, { techniques: string[] }>; sha256: string } {
  return JSON.parse(renderPack(createPack(sourced, digest)))
}

describe('a data pack', () => {
  it('gives back its releases, partial ones as such, and is valid', async () => {
    const pack = parsed()
    expect(await schemaErrors('attack-pack', pack)).toEqual([])
    expect(readPack(pack, digest)).toEqual({ releases })
    expect(pack.releases.map(({ version }) => version)).toEqual(['1.0', '2.0', '3.0', '2.0'])
  })

  it('has the same bytes whatever the order of the releases', () => {
    expect(renderPack(createPack(sourced.toReversed(), digest))).toBe(renderPack(createPack(sourced, digest)))
  })

  it('is recognised by its start', () => {
    expect(startsAsPack(renderPack(createPack(sourced, digest)))).toBe(true)
    expect(startsAsPack(JSON.stringify(createPack(sourced, digest)))).toBe(true)
    expect(startsAsPack('{"type":"bundle","format":"crosswalk-attack-pack"}')).toBe(false)
  })

  it('is refused if a line was changed', () => {
    const pack = parsed()
    const [line = ''] = pack.data['enterprise']?.techniques ?? []
    pack.data['enterprise']?.techniques.splice(0, 1, line.replace('T1001', 'T1111'))
    expect(readPack(pack, digest)).toMatchObject({ problem: expect.stringMatching(/^is damaged or was changed: .*[0-9a-f]{64}, but it states/) })
  })

  it('is refused if its list of releases differs from its data, with a checksum that fits', () => {
    for (const edit of [
      (list: { version: string }[]) => list.slice(1),
      (list: { version: string }[]) => [...list, ...list.slice(0, 1)],
      (list: { version: string }[]) => list.map((entry, at) => (at === 0 ? { ...entry, version: '9.9' } : entry)),
    ]) {
      const pack = parsed()
      const changed = { ...pack, releases: edit(pack.releases) }
      const sealed = { ...changed, sha256: digest(JSON.stringify({ releases: changed.releases, data: changed.data })) }
      expect(readPack(sealed, digest)).toMatchObject({ problem: expect.stringMatching(/^contradicts itself about enterprise [\d.]+/) })
    }
  })

  it('states places that do not match the schema', async () => {
    const pack = parsed()
    pack.data['mobile']?.techniques.push('T1400|too few fields')
    const [error] = await schemaErrors('attack-pack', pack)
    expect(error?.instancePath).toBe('/data/mobile/techniques/1')
  })
})
