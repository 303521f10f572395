import path from 'node:path'
import type { AttackSources } from '../attack/load-attack.js'
import { catalogue, type Code } from '../diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import { UsageError } from './usage.js'

/** Reads a file that an option names. One that can't be read is a mistake in the command line. */
export async function readGivenFile(flag: string, file: string, maxBytes: number): Promise<DocumentFile> {
  const { readDocument } = await import('../io/files.js')
  let reason = ''
  const report = (code: Code, { message, found }: DiagnosticDetails = {}): void => {
    reason = message ?? [catalogue[code].title, found].filter((part) => part !== undefined).join(': ')
  }
  const document = await readDocument({ file, path: file, name: baseName(file) }, maxBytes, report)
  if (!document) throw new UsageError(`${flag} ${file}: ${reason}`)
  return document
}

function baseName(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file
}

/** The largest ATT&CK bundle to read, in bytes; those of one release take some fifty megabytes. */
const largestBundle = 1_000_000_000

/** The releases that the user added, and the bundle of `--attack`. */
export async function readAttackSources(attack: string | undefined): Promise<AttackSources> {
  const [{ readStoredReleases }, { userDataFolder }] = await Promise.all([
    import('../io/release-store.js'),
    import('../io/release-store.js'),
  ])
  const attackReleases = await readStoredReleases(userDataFolder())
  return {
    ...(attackReleases.length > 0 && { attackReleases }),
    ...(attack !== undefined && { attackBundle: await readBundle(attack) }),
  }
}

/** A bundle without what nothing is made of; the whole file where it is no bundle, so that what is wrong with it can be said. */
async function readBundle(file: string): Promise<DocumentFile> {
  const { readAttackFile } = await import('../io/read-bundle.js')
  const read = await readAttackFile(file, largestBundle)
  return read ? { name: path.basename(file), path: file, ...read } : readGivenFile('--attack', file, largestBundle)
}
