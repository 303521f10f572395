import type { Origin } from '../../model/origin.js'
import { catalogue, type Code } from '../catalogue.js'
import type { Severity } from '../catalogue/entry.js'
import type { Diagnostic } from '../diagnostic.js'
import { neutraliseJson } from './terminal-text.js'

/** The reporting tool, for SARIF's `tool.driver` (SARIF 2.1.0, 3.19). */
export interface SarifTool {
  readonly name: string
  readonly version: string
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>

/**
 * Diagnostics as SARIF 2.1.0, for code scanning and editors, ending in a line break. `paths`: each document's path as the user
 * typed it, by the document's name.
 */
export function reportSarif(diagnostics: readonly Diagnostic[], tool: SarifTool, paths?: ReadonlyMap<string, string>): string {
  return neutraliseJson(`${JSON.stringify(createSarifLog(diagnostics, tool, paths), undefined, 2)}\n`)
}

/** The value that `reportSarif` writes: one run, whose rules are the codes that were reported, sorted. */
export function createSarifLog(diagnostics: readonly Diagnostic[], tool: SarifTool, paths?: ReadonlyMap<string, string>): object {
  const codes = Array.from(new Set(diagnostics.map((diagnostic) => diagnostic.code))).toSorted()
  const indexes = new Map(codes.map((code, index) => [code, index]))
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, semanticVersion: tool.version, rules: codes.map(createRule) } },
        // Columns of origins count UTF-16 units, as JavaScript strings do.
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => createResult(diagnostic, indexes, paths)),
      },
    ],
  }
}

function createRule(code: Code): object {
  const { severity, title, help } = catalogue[code]
  return {
    id: code,
    shortDescription: { text: title },
    help: { text: help },
    defaultConfiguration: { level: levels[severity] },
  }
}

function createResult(
  diagnostic: Diagnostic,
  indexes: ReadonlyMap<Code, number>,
  paths: ReadonlyMap<string, string> | undefined,
): object {
  const { code, severity, origin, subject, count } = diagnostic
  return {
    ruleId: code,
    ruleIndex: indexes.get(code) ?? -1,
    level: levels[severity],
    message: { text: describeCase(diagnostic) },
    ...(origin && { locations: [createLocation(origin, paths?.get(origin.document) ?? origin.document)] }),
    ...(count !== undefined && { occurrenceCount: count }),
    ...(subject !== undefined && { properties: { subject } }),
  }
}

function describeCase({ message, found, expected, hint }: Diagnostic): string {
  const parts = [message]
  if (found !== undefined) parts.push(`Found: ${found}`)
  if (expected !== undefined) parts.push(`Expected: ${expected}`)
  if (hint !== undefined) parts.push(`Hint: ${hint}`)
  return parts.join('\n')
}

function createLocation({ place }: Origin, path: string): object {
  const region = createRegion(place)
  const name = nameWithin(place)
  return {
    physicalLocation: { artifactLocation: { uri: createUriReference(path) }, ...(region && { region }) },
    ...(name !== undefined && { logicalLocations: [{ fullyQualifiedName: name }] }),
  }
}

/** The fully qualified name of a SARIF logical location (3.33): a cell, or a JSON pointer. */
function nameWithin(place: Origin['place']): string | undefined {
  if (place.kind === 'cell') return `${place.sheet}!${place.cell}`
  return place.kind === 'pointer' && place.pointer !== '' ? place.pointer : undefined
}

function createRegion(place: Origin['place']): object | undefined {
  if (place.kind !== 'text' && place.kind !== 'pointer') return undefined
  if (place.line === undefined) return undefined
  return { startLine: place.line, startColumn: place.column ?? 1 }
}

/** A path as a URI reference (RFC 3986): relative paths stay relative; reserved characters are percent-encoded. */
function createUriReference(path: string): string {
  const segments = path.split('/').map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')))
  if (path.startsWith('/')) return `file://${segments.join('/')}`
  return segments.join('/')
}
