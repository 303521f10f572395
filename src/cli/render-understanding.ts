import { countSet } from '../model/count-set.js'
import { artifactBaseName } from '../model/artifact-base-name.js'
import { describePlace } from '../diagnostics/reporters/describe-place.js'
import type { Mapping } from '../model/mapping.js'
import type { PlacedSet, Understanding } from '../requests.js'
import { renderTable } from './render-table.js'

const setHeader = ['MAPPING SET', 'ROWS', 'MAPPED', 'UNMAPPED CAPABILITIES', 'UNMAPPED TECHNIQUES', 'CAPABILITIES', 'TECHNIQUES']

/** What was understood, as tables: documents, sets and, on request, every row with its place. */
export function renderUnderstanding({ documents, sets }: Understanding, withRows: boolean): string {
  const read = documents.map(({ file, parser, sniff, rows }) => [
    file.path,
    parser ?? '-',
    sniff === undefined ? '-' : `${Math.round(sniff.confidence * 100)} %`,
    String(rows),
    sniff?.reason ?? 'not recognised',
  ])
  const found = sets.map(({ folder, set }) => {
    const { rows, mapped, unmappedCapabilities, unmappedTechniques, capabilities, techniques } = countSet(set)
    return [
      folder === '' ? artifactBaseName(set) : `${folder}/${artifactBaseName(set)}`,
      ...[rows, mapped, unmappedCapabilities, unmappedTechniques, capabilities, techniques].map(String),
    ]
  })
  return [
    renderTable([['DOCUMENT', 'PARSER', 'SURE', 'ROWS', 'WHY'], ...read], new Set([2, 3])),
    renderTable([setHeader, ...found], new Set([1, 2, 3, 4, 5, 6])),
    ...(withRows ? sets.map(renderRows) : []),
  ].join('\n')
}

function renderRows({ set }: PlacedSet): string {
  const rows = set.mappings.map((mapping) => [
    mapping.origins.map(({ document, place }) => describePlace(document, place)).join(' '),
    mapping.kind === 'unmapped-technique' ? '-' : mapping.capability.id,
    mapping.kind === 'unmapped-capability' ? '-' : mapping.technique.id,
    mapping.relation ?? '-',
    describeScore(mapping),
  ])
  return `${artifactBaseName(set)}\n${renderTable([['PLACE', 'CAPABILITY', 'TECHNIQUE', 'TYPE', 'SCORE'], ...rows])}`
}

function describeScore({ score }: Mapping): string {
  return [score?.category, score?.value].filter((part) => part !== undefined).join(' ') || '-'
}
