import { createDiagnosticLog, type Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { DocumentFile, TreeDocument } from '../../src/formats/decoded.js'
import type { MappingSet } from '../../src/model/mapping-set.js'
import { ctidJson } from '../../src/parsers/ctid-json/ctid-json.js'
import type { Statements } from '../../src/parsers/parser.js'

/** A file of a test's own. */
export function testFile(name: string, content: string | Uint8Array): DocumentFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { name, path: name, bytes, sha256: 'b'.repeat(64) }
}

/** Decodes a JSON or YAML file as the pipeline does; undefined when it is refused or taken for something else. */
export async function decodeTree(name: string, content: string | Uint8Array) {
  const log = createDiagnosticLog()
  const decoded = await decodeDocument(testFile(name, content), log.report)
  const document: TreeDocument | undefined = decoded && 'value' in decoded ? decoded : undefined
  return { document, container: decoded?.container, diagnostics: log.entries }
}

/** What was read of a value, and what was said of it. */
export interface ReadMappings {
  readonly sets: readonly MappingSet[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a value as a CTID mapping file in JSON. */
export async function readMappings(value: unknown, statements: Statements = {}): Promise<ReadMappings> {
  const log = createDiagnosticLog()
  const decoded = await decodeDocument(testFile('mappings.json', JSON.stringify(value, null, 4)), log.report)
  if (!decoded) throw new Error('the file could not be decoded')
  return { sets: await ctidJson.parse(decoded, { statements, report: log.report }), diagnostics: log.entries }
}

/** A small mapping file in CTID's unified shape, in our own words. */
export function sampleMappingFile() {
  return {
    metadata: {
      mapping_version: '1',
      technology_domain: 'enterprise',
      attack_version: '16.1',
      mapping_framework: 'aws',
      mapping_framework_version: '12/12/2024',
      author: null,
      contact: 'someone@example.org',
      organization: '',
      creation_date: '09/21/2021',
      last_update: '12/11/2024',
      mapping_types: { technique_scores: { name: 'Technique Scores', description: '' } },
      capability_groups: { aws_config: 'AWS Config', aws_s3: 'AWS S3' },
    },
    mapping_objects: [
      {
        capability_id: 'aws_config',
        capability_description: 'AWS Config',
        mapping_type: 'technique_scores',
        attack_object_id: 'T1562.008',
        attack_object_name: 'Disable or Modify Cloud Logs',
        capability_group: 'aws_config',
        score_category: 'detect',
        score_value: 'partial',
        related_score: 'T1562',
        comments: 'Rules notice it.',
        references: ['https://example.org/config'],
        status: 'complete',
      },
      {
        capability_id: 'aws_s3',
        capability_description: 'AWS S3',
        mapping_type: null,
        attack_object_id: null,
        attack_object_name: null,
        capability_group: 'aws_s3',
        comments: '',
        references: [],
        status: 'non_mappable',
      },
      {
        capability_id: null,
        capability_description: null,
        mapping_type: 'non_mappable',
        attack_object_id: 'T1001',
        attack_object_name: 'Data Obfuscation',
        capability_group: null,
        references: null,
        status: 'non_mappable',
      },
    ] as Record<string, unknown>[],
  }
}
