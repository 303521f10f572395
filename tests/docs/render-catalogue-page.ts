import { catalogue } from '../../src/diagnostics/catalogue.js'
import type { CatalogueEntry } from '../../src/diagnostics/catalogue/entry.js'

const stages: Readonly<Record<string, string>> = {
  read: 'Reading the bytes of a document, and decoding them.',
  parse: 'Parsing a document: its rows, and what it states about them.',
  complete: 'Completing the rows of pages from mapping files (`--catalog`).',
  merge: 'Merging the rows of several documents.',
  normalise: 'Normalising ids, scores, dates and white space.',
  check: 'Comparing a mapping set with ATT&CK.',
  emit: 'Writing artifacts.',
  shards: 'Uniting the shards of a run.',
  upgrade: 'Upgrading a mapping set to another ATT&CK release.',
  bridge: 'Relating two frameworks through ATT&CK.',
  verify: 'Validating artifacts and other files.',
  push: 'Adding bundles to a TAXII collection.',
}

/** docs/diagnostics.md, from the catalogue. */
export function renderCataloguePage(): string {
  const entries = Object.entries<CatalogueEntry>(catalogue)
  const found = [...new Set(entries.map(([code]) => stageOf(code)))]
  const sections = found.map((stage) => {
    const own = entries.filter(([code]) => stageOf(code) === stage)
    return `## ${stage}\n\n${stages[stage] ?? ''}\n\n${own.map(([code, entry]) => renderEntry(code, entry)).join('\n')}`
  })
  return `# Diagnostics

Every message of Crosswalk, by its code. Generated from \`src/diagnostics/catalogue\` by \`npm run docs\`; do not edit.

A diagnostic has a code, a severity, a message about the case, the place (line and column, JSON pointer, or sheet and cell) and, where
they help, what was found, what was expected and a hint. \`--report text\` (the default) writes them for people, \`--report json\`
as [diagnostics.schema.json](../schemas/diagnostics.schema.json) describes, and \`--report sarif\` as SARIF 2.1.0.

| severity | means | exit code |
|---|---|---|
| error | something could not be read, understood or written; the rest was | 1 |
| warning | something is doubtful; it was kept | 0; 1 with \`--fail-on warning\` |
| note | something to know; nothing needs to be done (\`info\` in JSON) | 0 |

What a target format cannot represent (\`emit/not-representable\`, \`emit/text-adjusted\`) makes the exit code 1 with \`--fail-on loss\`.
\`parse/unaccounted\` is a fault of Crosswalk and makes it 3.

${sections.join('\n')}`
}

/** The stages that the page has a sentence for. */
export const describedStages: readonly string[] = Object.keys(stages)

function stageOf(code: string): string {
  return code.split('/', 1)[0] ?? code
}

function renderEntry(code: string, { severity, title, help }: CatalogueEntry): string {
  return `### ${code}\n\n${severity === 'info' ? 'note' : severity}: ${title}.\n\n${help}\n`
}
