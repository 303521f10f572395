import type { AttackSources } from '../../attack/load-attack.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { createDiagnosticLog, type Report } from '../../diagnostics/diagnostic.js'
import { stixBundle } from '../../emitters/stix/stix.js'
import { decodeDocument } from '../../formats/decode-document.js'
import { type DocumentFile, itemsOf, textOf, type TreeDocument } from '../../formats/decoded.js'
import { checkAddress } from '../../io/addresses.js'
import type { Host } from '../../pipeline/host.js'
import { type DecodedFile, validateDocuments } from '../../pipeline/validate.js'
import { type OutgoingBundle, readOutgoingBundle } from '../../taxii/client/outgoing-bundle.js'
import { type CollectionAddress, readCollectionAddress } from '../../taxii/client/read-collection.js'
import { readGivenFile } from '../reading.js'
import { UsageError } from '../usage.js'

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
    const bundle = await decodeBundle(file, named.has(file.path), report)
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

async function decodeBundle(file: DocumentFile, isNamed: boolean, report: Report): Promise<DecodedFile<TreeDocument> | undefined> {
  const log = createDiagnosticLog()
  const document = await decodeDocument(file, log.report)
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

function listIds({ value }: TreeDocument): readonly string[] {
  return itemsOf(value, 'objects').map((object) => textOf(object, 'id') ?? '')
}

function fileOrigin(file: DocumentFile) {
  return { document: file.name, place: { kind: 'file' } } as const
}

/** Parses the URL of a collection: https, or http to this machine or with `insecureHttp`. Throws UsageError. */
export function readTarget(text: string, insecureHttp: boolean): CollectionAddress {
  if (!URL.canParse(text)) throw new UsageError(`"${text}" is not a URL, such as https://example.org/api1/collections/mappings/`)
  const address = new URL(text)
  if (address.username !== '' || address.password !== '') {
    throw new UsageError('the URL contains a user name or a password; use --user and --password-file instead')
  }
  const fault = checkAddress(address)
  if (fault !== undefined && !(insecureHttp && address.protocol === 'http:')) {
    const isHttp = address.protocol === 'http:'
    const hint = isHttp ? '; --insecure-http allows it, but everyone on the network path can read what is sent' : ''
    throw new UsageError(`${address.href} ${fault}${hint}`)
  }
  const target = readCollectionAddress(address)
  if (!target) throw new UsageError(`${address.href} is not the URL of a collection; expected …/collections/{id}/`)
  return target
}

/** Credentials given on the command line; secrets are read from files. */
export interface CredentialOptions {
  readonly user?: string
  readonly passwordFile?: string
  readonly tokenFile?: string
}

/** Largest file with a secret, in bytes. */
const maxSecretBytes = 65_536

/** Authorization header: Basic (RFC 7617, UTF-8) or Bearer (RFC 6750); undefined without credentials. Throws UsageError. */
export async function readAuthorization({ user, passwordFile, tokenFile }: CredentialOptions): Promise<string | undefined> {
  if (tokenFile !== undefined) {
    if (user !== undefined || passwordFile !== undefined) {
      throw new UsageError('--token-file cannot be combined with --user and --password-file')
    }
    const token = await readSecret('--token-file', tokenFile)
    if (!/^[\x21-\x7E]+$/.test(token)) {
      throw new UsageError(`--token-file ${tokenFile}: a token must be ASCII without spaces`)
    }
    return `Bearer ${token}`
  }
  if (user === undefined && passwordFile === undefined) return undefined
  if (user === undefined || passwordFile === undefined) throw new UsageError('--user and --password-file must be used together')
  if (user.includes(':')) throw new UsageError('--user must not contain a colon (RFC 7617)')
  return `Basic ${Buffer.from(`${user}:${await readSecret('--password-file', passwordFile)}`).toString('base64')}`
}

/** Content of a file with a single line, without the line break. */
async function readSecret(flag: string, file: string): Promise<string> {
  const { bytes } = await readGivenFile(flag, file, maxSecretBytes)
  const secret = new TextDecoder().decode(bytes).replace(/\r?\n$/, '')
  if (secret === '' || /\p{Cc}/u.test(secret)) {
    throw new UsageError(`${flag} ${file}: the file must contain the secret on a single line and nothing else`)
  }
  return secret
}
