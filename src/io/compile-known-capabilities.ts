import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { type CapabilitySource, compileKnownCapabilities } from '../frameworks/compile-known-capabilities.js'
import { compareText } from '../model/text.js'

const OUTPUT = 'src/frameworks/data/known-capabilities.json'

/** Compiles the capabilities in the `mappings/` and `legacy/` folders of the shared data into the data file of src/frameworks. */
export function writeKnownCapabilities(folder: string): void {
  writeFileSync(OUTPUT, renderKnownCapabilities(folder))
}

/** Content of the data file: for each framework, one line of capabilities and one of groups. */
export function renderKnownCapabilities(folder: string): string {
  const data = compileKnownCapabilities([...readMappingFiles(`${folder}/mappings`), ...readLegacyFiles(`${folder}/legacy`)])
  const frameworks = Object.entries(data).map(([id, { capabilities, groups }]) => [
    `${JSON.stringify(id)}: {`,
    `  "capabilities": ${JSON.stringify(capabilities)},`,
    `  "groups": ${JSON.stringify(groups)}`,
    '}',
  ].join('\n'))
  return `{\n${frameworks.join(',\n')}\n}\n`
}

interface MappingFile {
  readonly metadata: { readonly mapping_framework: string, readonly capability_groups?: Record<string, string> }
  readonly mapping_objects: readonly { readonly capability_id?: string | null, readonly capability_description?: string | null }[]
}

function readMappingFiles(folder: string): CapabilitySource[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json')).toSorted(compareText).map((name) => {
    const { metadata, mapping_objects }: MappingFile = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))
    return {
      framework: metadata.mapping_framework,
      capabilities: mapping_objects.flatMap(({ capability_id: id, capability_description: text }) => (
        id ? [{ id, ...(text && { name: text }) }] : []
      )),
      groups: Object.entries(metadata.capability_groups ?? {}).map(([id, label]) => ({ id, name: label })),
    }
  })
}

/** Older files provide the ids of CVE, whose mapping file is no longer published, and the rest of VERIS 1.3.7. */
function readLegacyFiles(folder: string): CapabilitySource[] {
  const cves = readCsv(`${folder}/cve/Att&ckToCveMappings.csv`).flatMap((row) => row['CVE ID'] ?? [])
  const values = readCsv(`${folder}/veris/veris1_3_7-enumerations-groups.csv`).map((row) => (
    [row.AXES, row.CATEGORY, row['SUB CATEGORY']?.replaceAll(' ', '_'), row.VALUE].filter((part) => part).join('.')
  ))
  return [
    { framework: 'cve', capabilities: cves.map((id) => ({ id })), groups: [] },
    { framework: 'veris', capabilities: values.map((id) => ({ id })), groups: [] },
  ]
}

function readCsv(path: string): Partial<Record<string, string>>[] {
  return parseCsv(readFileSync(path), { bom: true, columns: true, trim: true })
}
