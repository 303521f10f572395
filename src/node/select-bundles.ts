import type { AttackSources } from '../attack/load-attack.js'
import { countNoun } from '../diagnostics/counts-in-words.js'
import { createDiagnosticLog, type Diagnostic, type Report } from '../diagnostics/diagnostic.js'
import { stixBundle } from '../emitters/stix/stix.js'
import { decodeDocument } from '../formats/decode-document.js'
import { type DocumentFile, itemsOf, textOf, type TreeDocument } from '../formats/decoded.js'
import { chooseLimits, type Limits } from '../formats/limits.js'
import type { Host } from '../pipeline/host.js'
import { isManifest, type Manifest } from '../pipeline/manifest.js'
import { type DecodedFile, validateDocuments } from '../pipeline/validate.js'
import { type OutgoingBundle, readOutgoingBundle } from '../taxii/client/outgoing-bundle.js'

const combinedName = /(?<![^/])all\.stix\.json(?:\.gz)?$/

/** Files to select from, and what they are validated with. */
export interface Selection {
  readonly files: readonly DocumentFile[]
  /** Paths of the files that the user named explicitly; other files come from folders and need not be bundles. */
  readonly named: ReadonlySet<string>
  readonly attack: AttackSources
  readonly host: Host
  readonly report: Report
}

/**
 * Selects the valid bundles. Files from folders are skipped if they are not bundles, or if an `all.stix.json` in the same folder contains
 * all of their objects. Reports named files that are not bundles, and bundles with errors.
 */
export async function selectBundles({ files, named, attack, host, report }: Selection): Promise<readonly OutgoingBundle[]> {
  const decoded: DecodedFile<TreeDocument>[] = []
  for (const file of files) {
    const bundle = await decodeBundle(file, named.has(file.path), report, host.limits)
    if (bundle) decoded.push(bundle)
  }
  const bundles = skipCombined(decoded, named, report)
  const { diagnostics, files: validated } = await validateDocuments(bundles, attack, host)
  // Notes about valid bundles are left to `crosswalk validate`.
  for (const { code, severity, ...details } of diagnostics) if (severity !== 'info') report(code, details)
  return bundles.flatMap(({ document }, index) => {
    const errors = validated[index]?.diagnostics.filter(({ severity }) => severity === 'error').length ?? 0
    if (errors === 0) return [readOutgoingBundle(document)]
    report('push/invalid-bundle', { origin: fileOrigin(document.file), found: countNoun(errors, 'error') })
    return []
  })
}

async function decodeBundle(file: DocumentFile, isNamed: boolean, report: Report, limits?: Partial<Limits>): Promise<DecodedFile<TreeDocument> | undefined> {
  const log = createDiagnosticLog()
  const document = await decodeDocument(file, log.report, undefined, { limits: chooseLimits(limits) })
  // The diagnostics of a bundle are reported with those of its validation.
  if (document?.container === 'json' && stixBundle.recognise(document)) return { document, log }
  if (!document) for (const { code, ...details } of log.entries) report(code, details)
  else if (isNamed) report('push/not-a-bundle', { origin: fileOrigin(file) })
  else report('read/skipped', { message: `${file.path} was skipped: it is not a STIX bundle`, origin: fileOrigin(file) })
  return undefined
}

/**
 * Skips the bundles of single sets next to the bundle of all sets that `convert --combine` writes: shared objects may differ, and the
 * combined ones are complete.
 */
function skipCombined(
  bundles: readonly DecodedFile<TreeDocument>[], named: ReadonlySet<string>, report: Report,
): readonly DecodedFile<TreeDocument>[] {
  const combined = new Map(bundles.filter(({ document }) => combinedName.test(document.file.path)).map(({ document }) =>
    [document.file.path.replace(combinedName, ''), new Set(listIds(document))]))
  return bundles.filter(({ document }) => {
    const { file } = document
    const ids = combined.get(file.path.replace(/[^/]*$/, ''))
    if (named.has(file.path) || combinedName.test(file.path) || !ids || !listIds(document).every((id) => ids.has(id))) return true
    const message = `${file.path} was skipped: all.stix.json in the same folder contains its objects`
    report('read/skipped', { message, origin: fileOrigin(file) })
    return false
  })
}

/** The diagnostics of a push without those on files of folders that Crosswalk wrote and that are no bundles, as manifests list them. */
export function leaveOutOwn(diagnostics: readonly Diagnostic[], files: readonly DocumentFile[]): readonly Diagnostic[] {
  const own = new Set(files.flatMap((file) => {
    const folder = file.path.replace(/[^/]*$/, '')
    const manifest = folder + manifestName === file.path ? readManifest(file) : undefined
    return manifest ? [file.path, ...manifest.artifacts.filter(({ emitter }) => emitter !== 'stix').map(({ name }) => folder + name)] : []
  }))
  const paths = new Map(files.map(({ name, path }) => [name, path]))
  return diagnostics.filter(({ code, origin }) =>
    code !== 'read/skipped' || origin === undefined || !own.has(paths.get(origin.document) ?? origin.document))
}

const manifestName = 'manifest.json'

function readManifest({ bytes }: DocumentFile): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isManifest(value) ? value : undefined
  } catch {
    return undefined
  }
}

function listIds({ value }: TreeDocument): readonly string[] {
  return itemsOf(value, 'objects').map((object) => textOf(object, 'id') ?? '')
}

function fileOrigin(file: DocumentFile) {
  return { document: file.name, place: { kind: 'file' } } as const
}
