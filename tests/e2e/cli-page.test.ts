import { expect, it } from 'vitest'
import { committedPage } from '../docs/committed-page.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const commands = [
  '', 'convert', 'validate', 'inspect', 'formats',
  'attack', 'attack list', 'attack show', 'attack add', 'attack fetch', 'attack remove', 'attack index',
  'upgrade', 'diff', 'coverage', 'bridge', 'push', 'serve',
]

it('docs/cli.md is what the helps say', async () => {
  const cwd = await createFolder()
  const helps = await Promise.all(commands.map(async (name) => {
    const { stdout, code } = await runCrosswalk([...name.split(' ').filter((word) => word !== ''), '--help'], { cwd })
    expect(code).toBe(0)
    const heading = name === '' ? 'crosswalk' : `crosswalk ${name}`
    return `## ${heading}\n\n\`\`\`\n${stdout.trimEnd()}\n\`\`\`\n`
  }))
  const page = `# The command line

Generated from the helps by \`npm run docs\`; do not edit. What diagnostics mean: [diagnostics.md](diagnostics.md).

| exit code | means |
|---|---|
| 0 | done; warnings allowed, unless \`--fail-on\` says otherwise |
| 1 | errors in the input; everything that could be converted was |
| 2 | the command line or the settings make no sense; nothing was done |
| 3 | our own fault |

Results go to stdout, messages to stderr. Settings may also stand in \`crosswalk.config.yaml\`
([config.schema.json](../schemas/config.schema.json)), by the names of the options; the command line wins:

\`\`\`yaml
input: downloads/
to: [stix, navigator]
attack-version: '16.1'
fail-on: warning
\`\`\`

${helps.join('\n')}`
  expect(await committedPage('cli.md', page)).toBe(page)
})
