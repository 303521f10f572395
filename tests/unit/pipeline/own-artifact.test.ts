import { describe, expect, it } from 'vitest'
import { chooseExitCode } from '../../../src/cli/report-diagnostics.js'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import type { ArtifactPiece } from '../../../src/emitters/emitter.js'
import { asMade } from '../../../src/pipeline/emit-job.js'
import type { EmittedArtifact } from '../../../src/pipeline/emit.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import { openOutput, writeArtifacts } from '../../../src/pipeline/write.js'

const valid = { tool: { name: 'attack-crosswalk', version: '1' }, artifacts: [], sources: [] }

/** Artifacts of which those with a name that begins with "bad" do not match their schema. */
async function* emit(...names: readonly string[]): AsyncGenerator<EmittedArtifact> {
  for (const name of names) {
    const value = name.startsWith('bad') ? { rows: 'none' } : valid
    const artifact = { name, emitter: 'csv', schema: 'manifest', value, counts: { rows: 1 }, render: () => new TextEncoder().encode(name) } as const
    yield { artifact: asMade(artifact), folder: '', documents: new Set() }
  }
}

/** A mapping file in two pieces, of which the second is invalid if its name begins with "bad". */
async function* emitParts(...names: readonly string[]): AsyncGenerator<EmittedArtifact> {
  for (const name of names) {
    const row = { capability_id: 'A', mapping_type: name.startsWith('bad') ? 7 : 'a' }
    const head = { metadata: { technology_domain: 'ics', mapping_types: {}, capability_groups: {} }, mapping_objects: [] }
    const pieces = (): readonly ArtifactPiece[] => [{ items: [], text: 'first ' }, { items: [row], text: name }]
    const artifact = {
      name, emitter: 'json', schema: 'ctid-mappings', value: { ...head, mapping_objects: [row] }, counts: { rows: 1 }, parts: { head, pieces },
      render: () => new Uint8Array(),
    } as const
    yield { artifact: asMade(artifact), folder: '', documents: new Set() }
  }
}

describe('an artifact that does not match its own schema', () => {
  it.each([[['bad.csv', 'a.csv', 'b.csv']], [['a.csv', 'bad.csv', 'b.csv']], [['a.csv', 'bad1.csv', 'b.csv', 'bad2.csv']]])(
    'withholds no other, and the exit code is 3: %j', async (names) => {
      const host = createMemoryHost({})
      const log = createDiagnosticLog()
      const artifacts = await openOutput(host, log, (output) => writeArtifacts(emit(...names), [], { ...output, planned: 3 }, host, log))
      expect(artifacts.map(({ name }) => name)).toEqual(['a.csv', 'b.csv'])
      expect([...host.written.keys()]).toEqual(['a.csv', 'b.csv', 'manifest.json'])
      expect(new Set(log.entries.map(({ code }) => code))).toEqual(new Set(['verify/own-artifact']))
      expect(chooseExitCode(log.entries, 'error')).toBe(3)
    })

  it('in one of its pieces is not written either, and is named', async () => {
    const host = createMemoryHost({})
    const log = createDiagnosticLog()
    await openOutput(host, log, (output) => writeArtifacts(emitParts('a.json', 'bad.json', 'b.json'), [], { ...output, planned: 3 }, host, log))
    expect([...host.written.keys()]).toEqual(['a.json', 'b.json', 'manifest.json'])
    expect(new TextDecoder().decode(host.written.get('b.json'))).toBe('first b.json')
    expect(log.entries.map(({ code, subject, found }) => [code, subject, found])).toEqual([
      ['verify/own-artifact', 'bad.json', expect.stringMatching(/^\/mapping_objects\/0\/mapping_type must be /)],
    ])
  })

  it('and nothing else: other errors are of the input', () => {
    const log = createDiagnosticLog()
    log.report('emit/unwritable')
    expect(chooseExitCode(log.entries, 'error')).toBe(1)
  })
})
