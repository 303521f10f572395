import { createMappingSet, type ResolvedSet } from '../../src/model/mapping-set.js'
import type { Mapping } from '../../src/model/mapping.js'
import type { Origin } from '../../src/model/origin.js'

/** An origin in a document of the tests' own. */
export function originAt(line: number, document = 'sample.txt'): Origin {
  return { document, place: { kind: 'text', line, column: 1 } }
}

/** A set of five rows that has one of everything: scores, repeated pairs, comments over lines, both unmapped kinds. */
export function sampleSet(): ResolvedSet {
  const mappings: Mapping[] = [
    {
      kind: 'mapped',
      origins: [originAt(5)],
      capability: { id: 'aws_cloudhsm', description: 'AWS CloudHSM' },
      technique: { id: 'T1553.002', name: 'Code Signing' },
      relation: 'technique_scores',
      group: 'aws_cloudhsm',
      score: { category: 'protect', value: 'partial', related: 'T1553' },
      comments: 'Keys stay in hardware.\nA second line.',
      references: ['https://example.org/cloudhsm', 'https://example.org/keys'],
      status: 'complete',
    },
    {
      kind: 'mapped',
      origins: [originAt(9)],
      capability: { id: 'aws_cloudhsm', description: 'AWS CloudHSM' },
      technique: { id: 'T1553.002', name: 'Code Signing' },
      relation: 'technique_scores',
      group: 'aws_cloudhsm',
      score: { category: 'detect', value: 'minimal' },
    },
    {
      kind: 'mapped',
      origins: [originAt(12)],
      capability: { id: 'amazon_guardduty', description: 'Amazon GuardDuty' },
      technique: { id: 'T1190', name: 'Exploit Public-Facing Application' },
      relation: 'technique_scores',
      group: 'amazon_guardduty',
      score: { category: 'detect', value: 'significant' },
      comments: '=HYPERLINK("https://example.org") is text, "quoted", with <tags> & commas',
    },
    {
      kind: 'unmapped-capability',
      origins: [originAt(15)],
      capability: { id: 'aws_artifact', description: 'AWS Artifact' },
      relation: 'non_mappable',
      group: 'aws_artifact',
      comments: 'Gives access to reports only.',
      status: 'non_mappable',
    },
    {
      kind: 'unmapped-technique',
      origins: [originAt(18)],
      technique: { id: 'T1583.001', name: 'Domains' },
      status: 'non_mappable',
    },
  ]
  const set = createMappingSet({
    framework: { id: 'aws', name: 'AWS', version: '12/12/2024' },
    attack: { domain: 'enterprise', version: '16.1' },
    about: { mappingVersion: '1', name: 'A. Author', contact: 'author@example.org', organization: 'Example', created: '2021-09-21', modified: '2024-12-11' },
    relations: [{ id: 'technique_scores', name: 'Technique Scores', description: 'How well it does.' }],
    groups: [{ id: 'aws_cloudhsm', name: 'AWS CloudHSM' }],
    mappings,
    sources: [{ name: 'sample.txt', sha256: 'a'.repeat(64), parser: 'text-page', rows: 5 }],
  })
  return { ...set, attack: { domain: 'enterprise', version: '16.1' } }
}
