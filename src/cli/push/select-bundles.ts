import type { AttackSources } from '../../attack/load-attack.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { createDiagnosticLog, type Report } from '../../diagnostics/diagnostic.js'
import { stixBundleValidator } from '../../emitters/stix/validate-bundle.js'
import { decodeDocument } from '../../formats/decode-document.js'
import type { DocumentFile, TreeDocument } from '../../formats/decoded.js'
import { itemsOf, textOf } from '../../formats/tree-fields.js'
import type { Host } from '../../pipeline/host.js'
import { validate } from '../../pipeline/validate.js'
import { type OutgoingBundle, readOutgoingBundle } from '../../taxii/client/outgoing-bundle.js'

const combinedName = /(?<![^/])all\.stix\.json(?:\.gz)?$/

/** Where files come from, and what they are held against. */
export interface Selection {
  readonly files: readonly DocumentFile[]
  /** Paths of the files that the user named: what is found in a folder may be something else than a bundle. */
  readonly named: ReadonlySet<string>
  readonly attack: AttackSources
  readonly host: Host
  readonly report: Report
}

/**
 * The valid bundles among files. In folders, what is no bundle is passed over, and so are bundles all of whose objects an
 * `all.stix.json` beside them holds. Files that were named and are no bundles, and bundles with errors, are reported.
 */
export async function selectBundles({ files, named, attack, host, report }: Selection): Promise<readonly OutgoingBundle[]> {
  const decoded: TreeDocument[] = []
  for (const file of files) {
    const document = await decodeBundle(file, named.has(file.path), report)
    if (document) decoded.push(document)
  }
  const documents = leaveCombined(decoded, named, report)
  const { diagnostics, files: verdicts } = await validate({ inputs: [], ...attack }, {
    ...host,
    readDocuments: async () => documents.map(({ file }) => file),
  })
  // Notes on valid bundles are `crosswalk validate`'s to tell.
  for (const { code, severity, ...details } of diagnostics) if (severity !== 'info') report(code, details)
  return documents.flatMap((document, index) => {
    const errors = verdicts[index]?.diagnostics.filter(({ severity }) => severity === 'error').length ?? 0
    if (errors === 0) return [readOutgoingBundle(document)]
    report('push/invalid-bundle', { origin: fileOrigin(document.file), found: countNoun(errors, 'error') })
    return []
  })
}

async function decodeBundle(file: DocumentFile, isNamed: boolean, report: Report): Promise<TreeDocument | undefined> {
  const { entries, report: note } = createDiagnosticLog()
  const document = await decodeDocument(file, note)
  if (document?.container === 'json' && stixBundleValidator.recognises(document)) return document
  // What was noted of a bundle is noted again when it is validated.
  if (!document) for (const { code, ...details } of entries) report(code, details)
  else if (isNamed) report('push/not-a-bundle', { origin: fileOrigin(file) })
  else report('read/skipped', { message: `${file.path} was passed over: it is no STIX bundle`, origin: fileOrigin(file) })
  return undefined
}

/** `convert --combine` writes a bundle of all sets beside those of each: what both hold may differ, and the former is the whole. */
function leaveCombined(documents: readonly TreeDocument[], named: ReadonlySet<string>, report: Report): readonly TreeDocument[] {
  const combined = new Map(documents.filter(({ file }) => combinedName.test(file.path)).map((document) =>
    [document.file.path.replace(combinedName, ''), new Set(listIds(document))]))
  return documents.filter((document) => {
    const { file } = document
    const held = combined.get(file.path.replace(/[^/]*$/, ''))
    if (named.has(file.path) || combinedName.test(file.path) || !held || !listIds(document).every((id) => held.has(id))) return true
    const message = `${file.path} was passed over: all.stix.json beside it holds its objects`
    report('read/skipped', { message, origin: fileOrigin(file) })
    return false
  })
}

function listIds({ value }: TreeDocument): readonly string[] {
  return itemsOf(value, 'objects').map((object) => textOf(object, 'id') ?? '')
}

function fileOrigin(file: DocumentFile) {
  return { document: file.name, place: { kind: 'file' } } as const
}
