import { describe, expect, it } from 'vitest'
import { chooseExitCode } from '../../../src/cli/report-diagnostics.js'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import type { EmittedArtifact } from '../../../src/pipeline/emit.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import { openOutput, writeArtifacts } from '../../../src/pipeline/write.js'

const valid = { tool: { name: 'attack-crosswalk', version: '1' }, artifacts: [], sources: [] }

/** Artifacts of which those with a name that begins with "bad" do not match their schema. */
async function* emit(...names: readonly string[]): AsyncGenerator<EmittedArtifact> {
  for (const name of names) {
    const value = name.startsWith('bad') ? { rows: 'none' } : valid
    const artifact = { name, emitter: 'csv', schema: 'manifest', value, counts: { rows: 1 }, render: () => new TextEncoder().encode(name) } as const
    yield { artifact, folder: '', options: {}, documents: new Set() }
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

  it('and nothing else: other errors are of the input', () => {
    const log = createDiagnosticLog()
    log.report('emit/unwritable')
    expect(chooseExitCode(log.entries, 'error')).toBe(1)
  })
})
