import type { AttackSources } from '../../attack/attack-sources.js'
import { createDiagnosticLog } from '../../diagnostics/diagnostic-log.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import { countNoun } from '../../diagnostics/count-noun.js'
import type { DocumentFile, TreeDocument } from '../../formats/decoded.js'
import { decodeDocument } from '../../formats/decode-document.js'
import { validate } from '../../validate.js'
import { stixBundleValidator } from '../../validation/stix-bundle.js'
import type { World } from '../../world.js'
import { readOutgoingBundle, type OutgoingBundle } from '../../taxii/client/outgoing-bundle.js'

/** Where files come from, and what they are held against. */
export interface Selection {
  readonly files: readonly DocumentFile[]
  /** Paths of the files that the user named: what is found in a folder may be something else than a bundle. */
  readonly named: ReadonlySet<string>
  readonly attack: AttackSources
  readonly world: World
  readonly report: Report
}

/**
 * The valid bundles among files, those of all sets (`all.stix.json`) first: what they hold need not be sent with the bundles
 * beside them. Files that are no bundles, and bundles with errors, are reported.
 */
export async function selectBundles({ files, named, attack, world, report }: Selection): Promise<readonly OutgoingBundle[]> {
  const documents: TreeDocument[] = []
  for (const file of [...files.filter(isOfAllSets), ...files.filter((one) => !isOfAllSets(one))]) {
    const document = await decodeBundle(file, named.has(file.path), report)
    if (document) documents.push(document)
  }
  const { diagnostics, files: verdicts } = await validate({ inputs: [], ...attack }, {
    ...world,
    readDocuments: async () => documents.map(({ file }) => file),
  })
  for (const { code, ...details } of diagnostics) report(code, details)
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

function isOfAllSets({ name }: DocumentFile): boolean {
  return /(?:^|\/)all\.stix\.json(?:\.gz)?$/.test(name)
}

function fileOrigin(file: DocumentFile) {
  return { document: file.name, place: { kind: 'file' } } as const
}
