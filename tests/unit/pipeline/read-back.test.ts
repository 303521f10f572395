import { describe, expect, it } from 'vitest'
import { convert, understand } from '../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'

const page = `T1553.002 Code Signing

VERIS Mappings

Capability ID Capability Description Mapping Type ATT&CK ID ATT&CK Name
action.malware.variety.Disable controls Gets in the way of controls related-to T1553.002 Code Signing
`

describe('an output folder as input', () => {
  it('is read back, each row once; its manifest and the head of its MISP galaxy are skipped', async () => {
    const host = createMemoryHost({ 'page.txt': page })
    await convert({ inputs: [], emitters: ['stix', 'misp-galaxy', 'csv', 'json'] }, host)
    const { sets, diagnostics } = await understand({ inputs: [] }, createMemoryHost(Object.fromEntries(host.written)))

    expect(sets.map(({ set }) => set.mappings.length)).toEqual([1])
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([])
    expect(diagnostics.filter(({ code }) => code === 'read/skipped')).toHaveLength(2)
  })
})
