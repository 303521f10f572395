import path from 'node:path'
import type { AttackSources } from '../attack/load-attack.js'
import { catalogue, type Code } from '../diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import { UsageError } from './usage.js'

/** Reads a file given as the value of an option. Throws UsageError if it cannot be read. */
export async function readGivenFile(flag: string, file: string, maxBytes: number): Promise<DocumentFile> {
  const { readDocument } = await import('../io/files.js')
  let reason = ''
  const report = (code: Code, { message, found }: DiagnosticDetails = {}): void => {
    reason = message ?? [file, catalogue[code].title, found].filter((part) => part !== undefined).join(': ')
  }
  const document = await readDocument({ file, path: file, name: baseName(file) }, maxBytes, report)
  if (!document) throw new UsageError(`${flag} ${reason}`)
  return document
}

function baseName(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file
}

/** Largest ATT&CK bundle to read, in bytes; a release has about 50 MB. */
const maxBundleBytes = 1_000_000_000

/** Reads the releases that the user added, and the bundle of `--attack`. */
export async function readAttackSources(attack: string | undefined): Promise<AttackSources> {
  const { readStoredReleases, userDataFolder } = await import('../io/release-store.js')
  const attackReleases = await readStoredReleases(userDataFolder())
  return {
    ...(attackReleases.length > 0 && { attackReleases }),
    ...(attack !== undefined && { attackBundle: await readBundle(attack) }),
  }
}

/** Reads a bundle, reduced to what is needed; the whole file if it is not a bundle, so that the problem can be reported. */
async function readBundle(file: string): Promise<DocumentFile> {
  const { readAttackFile } = await import('../io/read-bundle.js')
  const read = await readAttackFile(file, maxBundleBytes)
  return read ? { name: path.basename(file), path: file, ...read } : readGivenFile('--attack', file, maxBundleBytes)
}
