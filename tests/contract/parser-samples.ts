import { parse as parseYaml } from 'yaml'
import { badge, capabilityLink, columns, htmlPage, htmlRow, techniqueLink } from '../support/html-pages.js'
import { sampleControl, sampleVeris } from '../support/sample-control.js'
import { sampleMappingFile } from '../support/read-tree.js'
import { csvRecords, htmlRows, itemsAt, itemsOf, linesBelow, membersOf, noRows, objectsIn, type RowCounter, sumOf, techniqueIds } from './count-rows.js'
import type { CountedDocument } from './find-parser-flaws.js'
import { ruleSamples } from './rule-samples.js'

/**
 * A small document of a dialect, in our own words. `countRows` counts the rows of its container; `statements` are those that the
 * document needs from the user.
 */
export interface ParserSample extends CountedDocument {
  /** The rows that a person counts in it. */
  readonly rows: number
  /** Rows that cannot be read and must be reported. */
  readonly leftOut?: number
}

const page = `T1078 Valid Accounts

NIST 800-53 Mappings

Capability ID Capability Description Mapping Type ATT&CK ID ATT&CK Name
AC-2 Account Management mitigates T1078 Valid Accounts
AC-3 Access Enforcement mitigates T1078 Valid Accounts
`

const valid = [techniqueLink('T1078'), 'Valid Accounts'] as const

const servedPage = htmlPage('T1078 <span class="highlight">Valid Accounts</span>', [{
  title: 'NIST 800-53 Mappings',
  columns: columns.relation,
  rows: [
    htmlRow(capabilityLink('AC-2', 'nist', 'rev5'), 'Account Management', 'mitigates', ...valid),
    htmlRow(capabilityLink('AC-3', 'nist', 'rev5'), 'Access Enforcement', 'mitigates', ...valid),
  ],
}], { badges: badge('ATT&CK Version', '16.1') + badge('ATT&CK Domain', 'Enterprise') })

const brokenFile = { ...sampleMappingFile(), mapping_objects: [...sampleMappingFile().mapping_objects, {}, 'a note'] }

const brokenControl = sampleControl.replace('  - id: T1588\n', '  - \n')

const groups = { ...sampleVeris().attack_to_veris, G0007: { name: 'APT28', veris: ['actor.external.motive.Espionage'] } }

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const dates = { spec_version: '2.1', created: '2024-01-01T00:00:00.000Z', modified: '2024-01-01T00:00:00.000Z' }
const bundle = {
  type: 'bundle',
  id: `bundle--${uuid(1)}`,
  objects: [
    {
      type: 'course-of-action', id: `course-of-action--${uuid(2)}`, ...dates, name: 'Account Management',
      external_references: [{ source_name: 'NIST 800-53 Revision 5', external_id: 'AC-2' }],
    },
    {
      type: 'attack-pattern', id: `attack-pattern--${uuid(3)}`, ...dates, name: 'Valid Accounts',
      external_references: [{ source_name: 'mitre-attack', external_id: 'T1078' }],
    },
    {
      type: 'relationship', id: `relationship--${uuid(4)}`, ...dates, relationship_type: 'mitigates',
      source_ref: `course-of-action--${uuid(2)}`, target_ref: `attack-pattern--${uuid(3)}`,
    },
  ],
}

const layer = {
  name: 'A layer',
  versions: { attack: '16', navigator: '5.1.0', layer: '4.5' },
  domain: 'enterprise-attack',
  description: 'Of our own.',
  techniques: [
    { techniqueID: 'T1078', score: 3, comment: 'Seen often.' },
    { techniqueID: 'T1059.001', tactic: 'execution', score: 1 },
  ],
}

/** The rows of a Security Stack control: each score of each technique, at least one for a technique, and for a control with none. */
const controlRows: RowCounter = (content) => {
  const control = membersOf(parseYaml(content))
  if (!('techniques' in control)) return 0
  const rows = itemsOf(control['techniques']).map((technique) => {
    const { 'technique-scores': scores, 'sub-techniques-scores': blocks } = membersOf(technique)
    const ofSubtechniques = itemsOf(blocks).map(membersOf).map(({ 'sub-techniques': ids, scores: shared }) =>
      Math.max(1, itemsOf(ids).length) * Math.max(1, itemsOf(shared).length))
    return Math.max(1, itemsOf(scores).length + sumOf(ofSubtechniques))
  })
  return Math.max(1, sumOf(rows))
}

const relationships = objectsIn('objects', ({ type }) => type === 'relationship')

/** Entries of a layer without a score, comment, colour, metadata or link expand a technique in the Navigator, and are not rows. */
const layerEntries = objectsIn('techniques', (entry) =>
  ['score', 'comment', 'color', 'metadata', 'links'].some((name) => (entry[name] ?? '') !== ''))

/** Samples by the parser that reads them. A new parser needs at least one here. */
export const parserSamples: Readonly<Record<string, readonly ParserSample[]>> = {
  'ctid-json': [
    { name: 'mappings.json', content: JSON.stringify(sampleMappingFile(), null, 2), rows: 3, countRows: itemsAt('mapping_objects/*') },
    { name: 'mappings.yaml', content: JSON.stringify(sampleMappingFile()), rows: 3, countRows: itemsAt('mapping_objects/*') },
    { name: 'broken.json', content: JSON.stringify(brokenFile, null, 2), rows: 5, leftOut: 2, countRows: itemsAt('mapping_objects/*') },
  ],
  'security-stack': [
    { name: 'control.yaml', content: sampleControl, rows: 7, countRows: controlRows },
    { name: 'broken.yaml', content: brokenControl, rows: 7, leftOut: 1, countRows: controlRows },
    {
      name: 'unmapped.yaml', content: 'name: Box\nplatform: AWS\nATT&CK version: 9\ntechniques: []\n', rows: 1, countRows: controlRows,
    },
    { name: 'described.yaml', content: 'id: DEF-BOX-E3\nname: Box\ndescription: Holds letters.\n', rows: 0, countRows: controlRows },
  ],
  'veris-json': [
    { name: 'veris.json', content: JSON.stringify(sampleVeris(), null, 2), rows: 3, countRows: itemsAt('attack_to_veris/*/veris/*') },
    {
      name: 'groups.json', content: JSON.stringify({ ...sampleVeris(), attack_to_veris: groups }, null, 2), rows: 4, leftOut: 1,
      countRows: itemsAt('attack_to_veris/*/veris/*'),
    },
  ],
  'stix-bundle': [{ name: 'bundle.json', content: JSON.stringify(bundle, null, 2), rows: 1, countRows: relationships }],
  'navigator-layer': [{
    name: 'layer.json', content: JSON.stringify(layer, null, 2), rows: 2, countRows: layerEntries,
    statements: { framework: 'Own detections' },
  }],
  'text-page': [{ name: 'page.txt', content: page, rows: 2, countRows: linesBelow('Capability ID ') }],
  'html-page': [{ name: 'page.html', content: servedPage, rows: 2, countRows: htmlRows }],
  table: [{
    name: 'table.csv',
    content: 'Control ID,Control Name,Technique,Comments\nAC-2,Accounts,T1078,"a, b"\nAC-3,Access,T1190; T1078,\n',
    rows: 3,
    countRows: csvRecords,
    statements: { framework: 'nist_800_53' },
  }],
  'table-metadata': [{
    name: 'table.csv-metadata.json',
    content: JSON.stringify({ '@context': 'http://www.w3.org/ns/csvw', url: 'table.csv' }),
    rows: 0,
    countRows: noRows,
  }],
  'veris-enumerations': [{
    name: 'enumerations.csv',
    content: 'AXES,CATEGORY,SUB CATEGORY,VALUE,DESCRIPTION\naction,hacking,variety,DoS,Too many requests.\n',
    rows: 0,
    countRows: noRows,
  }],
  ...ruleSamples,
  notes: [{
    name: 'notes.md',
    content: '# AC-2\n\n- It helps against Valid Accounts (T1078).\n',
    rows: 1,
    countRows: techniqueIds,
    statements: { framework: 'nist_800_53' },
  }],
}
