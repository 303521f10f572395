import { expect, it } from 'vitest'
import { committedPage } from '../docs/committed-page.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const commands = [
  '', 'convert', 'validate', 'inspect', 'formats',
  'attack', 'attack list', 'attack show', 'attack add', 'attack fetch', 'attack remove', 'attack index',
  'upgrade', 'diff', 'coverage', 'bridge', 'push', 'serve', 'completion', 'man',
]

it('docs/cli.md is the help of all commands', async () => {
  const cwd = await createFolder()
  const helps = await Promise.all(commands.map(async (name) => {
    const { stdout, code } = await runCrosswalk([...name.split(' ').filter((word) => word !== ''), '--help'], { cwd })
    expect(code).toBe(0)
    const heading = name === '' ? 'crosswalk' : `crosswalk ${name}`
    return `## ${heading}\n\n\`\`\`\n${stdout.trimEnd()}\n\`\`\`\n`
  }))
  const page = `# The command line

Generated from the help of all commands by \`npm run docs\`; do not edit. Diagnostics are explained in [diagnostics.md](diagnostics.md).

| exit code | meaning |
|---|---|
| 0 | success; warnings do not count as errors unless \`--fail-on warning\` is given |
| 1 | errors in the input; everything else was processed |
| 2 | invalid command line or settings; nothing was done |
| 3 | internal error: a bug in Crosswalk |

Results go to stdout, messages to stderr. Options can also be set in \`crosswalk.config.yaml\`
([config.schema.json](../schemas/config.schema.json)), under their names; the command line wins:

\`\`\`yaml
input: downloads/
to: [stix, navigator]
attack-version: '16.1'
fail-on: warning
\`\`\`

${helps.join('\n')}`
  expect(await committedPage('cli.md', page)).toBe(page)
})
