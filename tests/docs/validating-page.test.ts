import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { reportText } from '../../src/diagnostics/reporters/report-text.js'
import { createMemoryHost } from '../../src/pipeline/host.js'
import { validate } from '../../src/pipeline/validate.js'

describe('docs/validating.md', () => {
  it('shows what its example gives', async () => {
    const page = await readFile(fileURLToPath(new URL('../../docs/validating.md', import.meta.url)), 'utf8')
    const [, example = ''] = /```json\n(.*?)\n```/s.exec(page) ?? []
    const lines = example.split('\n')
    const { diagnostics } = await validate({ inputs: ['feed.json'], platforms: ['opencti'] }, createMemoryHost({ 'feed.json': example }))
    expect(page).toContain(reportText(diagnostics, { findLine: (_document, line) => lines[line - 1] }))
  })
})
