import path from 'node:path'
import type { AttackSources } from '../attack/load-attack.js'
import { createDiagnosticLog } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import { createDiskHost as openDisk, type DiskOptions } from '../io/disk-host.js'
import { readDocument } from '../io/files.js'
import { readAttackFile } from '../io/read-bundle.js'
import { readStoredReleases, userDataFolder } from '../io/release-store.js'
import { callable, flag, listOf, number, shape, text } from '../library/check-value.js'
import { limitsCheck } from '../library/check-request.js'
import { RequestError } from '../library/request-error.js'
import type { Parser } from '../parsers/parser.js'
import { parsers } from '../parsers/registry.js'
import type { Host } from '../pipeline/host.js'

/** Options of a disk host. */
export interface DiskHostOptions extends Omit<DiskOptions, 'extensions'> {
  /** Extensions (lower case, no dot) of the files to read from folders; by default those that the command line reads. */
  readonly extensions?: readonly string[]
}

const diskShape = shape({
  output: text, extensions: listOf(text), maxBytes: number({ min: 1 }), dryRun: flag, followLinks: flag, progress: callable,
  overwrite: (value, place) => (typeof value === 'boolean' ? undefined : listOf(text)(value, place)),
  limits: limitsCheck,
  stop: shape({ seconds: number({ min: 0.001 }), megabytes: number({ min: 1 }) }),
}, ['output'])

/**
 * Creates a host on the disk: inputs are files, folders, globs, or "-" for standard input, and artifacts are written to the folder
 * `output`, each whole or not at all. It draws PNG and reads every kind of workbook. Throws RequestError.
 *
 * ```ts
 * import { convert } from 'attack-crosswalk'
 * import { createDiskHost, readAttackSources } from 'attack-crosswalk/node'
 *
 * const host = createDiskHost({ output: 'results' })
 * const { artifacts } = await convert({ inputs: ['page.txt'], emitters: ['stix', 'html'], ...await readAttackSources() }, host)
 * for (const { name, sha256 } of artifacts) console.log(sha256, name)
 * ```
 */
export function createDiskHost(options: DiskHostOptions): Host {
  diskShape(options, 'request')
  return openDisk({ extensions: parsers.flatMap(({ extensions, onlyWhenNamed }: Parser) => (onlyWhenNamed === true ? [] : extensions)), ...options })
}

/** Where ATT&CK releases are read from. */
export interface ReadAttackOptions {
  /** An ATT&CK STIX bundle for this run. */
  readonly bundle?: string
  /** The data folder with added releases; by default the one of the command line (CROSSWALK_DATA). */
  readonly folder?: string
}

/** Largest ATT&CK bundle to read, in bytes; a release has about 50 MB. */
const maxBundleBytes = 1_000_000_000
const readShape = shape({ bundle: text, folder: text })

/**
 * Reads added releases, and an ATT&CK bundle, for requests: `convert({ ...await readAttackSources(), … })`. Throws RequestError, also
 * if the bundle cannot be read.
 */
export async function readAttackSources(options: ReadAttackOptions = {}): Promise<AttackSources> {
  readShape(options, 'request')
  const { bundle, folder = userDataFolder() } = options
  const attackReleases = await readStoredReleases(folder)
  return {
    ...(attackReleases.length > 0 && { attackReleases }),
    ...(bundle !== undefined && { attackBundle: await readBundleFile(bundle) }),
  }
}

/** A bundle, reduced to what is needed; the whole file if it is no bundle, so that the problem becomes a diagnostic. */
async function readBundleFile(file: string): Promise<DocumentFile> {
  const read = await readAttackFile(file, maxBundleBytes)
  if (read) return { name: path.basename(file), path: file, ...read }
  const log = createDiagnosticLog()
  const document = await readDocument({ file, path: file, name: path.basename(file) }, maxBundleBytes, log.report)
  if (document) return document
  throw new RequestError({ code: 'wrong-value', at: 'bundle', problem: log.entries[0]?.message ?? `${file} cannot be read` })
}
