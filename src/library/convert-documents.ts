import { upgrade as upgradeSets, type UpgradeReport } from '../analyses/upgrade/upgrade.js'
import { createDiagnosticLog, type Diagnostic } from '../diagnostics/diagnostic.js'
import { convert as convertDocuments, understand } from '../pipeline/convert.js'
import { createMemoryHost as openMemory, type Host, type MemoryHost } from '../pipeline/host.js'
import type { ConvertReport, Understanding } from '../pipeline/requests.js'
import { validate as validateFiles, type ValidateRequest, type ValidationReport } from '../pipeline/validate.js'
import { explainAdversaries } from './adversaries.js'
import { callable, recordOf, shape, wrongType } from './check-value.js'
import { type ConvertOptions, hostCheck, limitsCheck, type ReadOptions, requests, toConvertRequest } from './check-request.js'

/**
 * Converts documents to validated artifacts: reads them through `host`, merges, normalises and checks their mapping sets, and writes
 * the artifacts of the chosen emitters and a manifest through `host`. Problems of documents are `diagnostics` of the result. Throws
 * RequestError.
 *
 * ```ts
 * import { convert, createMemoryHost } from 'attack-crosswalk'
 *
 * const page = 'capability_id,technique\nAC-2,T1078\nAC-2,T1110\n'
 * const host = createMemoryHost({ 'controls.csv': page })
 * const { sets, diagnostics } = await convert({ emitters: { navigator: { 'layer-by': 'capability' }, csv: {} } }, host)
 * console.log(sets.length, diagnostics.filter(({ severity }) => severity === 'error').length, [...host.written.keys()])
 * ```
 */
export async function convert(request: ConvertOptions, host: Host): Promise<ConvertReport> {
  requests.convert(request, 'request')
  hostCheck(host, 'host')
  return explainAdversaries(() => convertDocuments(toConvertRequest(request), host))
}

/**
 * Reads documents without writing anything: which parser reads each and why, the mapping sets with every row and its place, and
 * the diagnostics. Throws RequestError.
 *
 * ```ts
 * import { createMemoryHost, inspect } from 'attack-crosswalk'
 *
 * const host = createMemoryHost({ 'controls.csv': 'capability_id,technique\nAC-2,T1078\n' })
 * const { documents, sets } = await inspect({ statements: { framework: 'nist_800_53', attackVersion: '16.1' } }, host)
 * console.log(documents.map(({ parser }) => parser), sets.flatMap(({ set }) => set.mappings).length)
 * ```
 */
export async function inspect(request: ReadOptions, host: Host): Promise<Understanding> {
  requests.inspect(request, 'request')
  hostCheck(host, 'host')
  return understand({ inputs: [], ...request }, host)
}

/** The files to validate. */
export interface ValidateOptions extends Partial<ValidateRequest> {}

/**
 * Validates files of every kind that Crosswalk reads or writes, from Crosswalk or other tools: the structure, then the meaning. Throws
 * RequestError.
 *
 * ```ts
 * import { createMemoryHost, validate } from 'attack-crosswalk'
 *
 * const host = createMemoryHost({ 'bundle.json': '{ "type": "bundle", "objects": [] }' })
 * const { files } = await validate({ platforms: ['opencti'] }, host)
 * for (const { kind, diagnostics } of files) console.log(kind, diagnostics.map(({ code }) => code))
 * ```
 */
export async function validate(request: ValidateOptions, host: Host): Promise<ValidationReport> {
  requests.validate(request, 'request')
  hostCheck(host, 'host')
  return validateFiles({ inputs: [], ...request }, host)
}

/** The documents whose sets are upgraded, the release, and the artifacts to write. */
export interface UpgradeOptions extends Omit<ConvertOptions, 'against'> {
  /** The ATT&CK release to upgrade to: "18.1", or "18" for the newest 18.x. One that is not available is an error diagnostic. */
  readonly to: string
  /** Names of change reports of earlier runs in which a person decided: CSV, JSON or workbooks. */
  readonly decisions?: readonly string[]
}

/**
 * Upgrades mapping sets to another ATT&CK release, and writes the sets, a change report and a layer of the changes. Every row is
 * accounted for; those that a person must decide stay as they are. Throws RequestError.
 *
 * ```ts
 * import { createMemoryHost, upgrade } from 'attack-crosswalk'
 *
 * const host = createMemoryHost({ 'controls.csv': 'capability_id,technique\nAC-2,T1086\n' })
 * const { upgrades } = await upgrade({ to: '18.1', emitters: ['csv'], statements: { attackVersion: '8.2' } }, host)
 * for (const { upgraded } of upgrades) console.log(upgraded.changes.map((change) => change.class))
 * ```
 */
export async function upgrade(request: UpgradeOptions, host: Host): Promise<UpgradeReport> {
  requests.upgrade(request, 'request')
  hostCheck(host, 'host')
  const { to, decisions = [], ...rest } = request
  const problems = createDiagnosticLog()
  const files = decisions.length > 0 ? await host.readDocuments(decisions, problems.report) : []
  const report = await upgradeSets({ ...toConvertRequest(rest), to, decisions: files }, host)
  return { ...report, diagnostics: joinDiagnostics(problems.entries, report.diagnostics) }
}

function joinDiagnostics(first: readonly Diagnostic[], second: readonly Diagnostic[]): readonly Diagnostic[] {
  return first.length === 0 ? second : [...first, ...second]
}

/** What a host in memory can do beside keeping documents. */
export type MemoryMeans = Pick<Host, 'openRasteriser' | 'readForeignWorkbook' | 'openApartReader' | 'limits' | 'progress'>

const documentsCheck = recordOf((value, at) => {
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) throw wrongType(value, at, 'text or bytes (Uint8Array)')
})
const meansCheck = shape({ openRasteriser: callable, readForeignWorkbook: callable, openApartReader: callable, limits: limitsCheck, progress: callable })

/**
 * Creates a host with these documents, by name; artifacts are in its `written`, by path. For browsers, tests, and programs that have
 * the documents already. `means`: PNG needs `openRasteriser`, and a few old kinds of workbooks need `readForeignWorkbook`; without
 * them, both are error diagnostics (docs/library.md); `limits` raises or lowers those of docs/limits.md. Throws RequestError.
 *
 * ```ts
 * import { convert, createMemoryHost } from 'attack-crosswalk'
 *
 * const host = createMemoryHost({ 'controls.csv': 'capability_id,technique\nAC-2,T1078\n' })
 * await convert({ emitters: ['csv'] }, host)
 * for (const [path, bytes] of host.written) console.log(path, bytes.byteLength)
 * ```
 */
export function createMemoryHost(documents: Readonly<Record<string, string | Uint8Array>>, means: MemoryMeans = {}): MemoryHost {
  documentsCheck(documents, 'documents')
  meansCheck(means, 'means')
  return { ...openMemory(documents), ...means }
}
