import { neutralise } from '../../diagnostics/reporters/neutralise.js'
import type { BundleFile } from '../../taxii/server/bundle-file.js'
import type { ListedFile } from './list-bundle-files.js'
import { readBundleFile } from './read-bundle-file.js'

/** What a file gave when it was last read. */
interface LoadedFile {
  readonly signature: string
  /** Absent when it holds none. A file that broke keeps the bundle that it held before. */
  readonly bundle?: BundleFile
}

/** Files by name. */
export type LoadedFiles = ReadonlyMap<string, LoadedFile>

/** How many names are told of files that are no bundles. */
const toldNames = 5

/**
 * Reads the files that have changed. Undefined when one of them is being written: nothing is known then that could be
 * served.
 */
export async function loadBundles(
  folder: string, listed: readonly ListedFile[], former: LoadedFiles, tell: (message: string) => void,
): Promise<LoadedFiles | undefined> {
  const loaded = new Map<string, LoadedFile>()
  const messages: string[] = []
  const others: string[] = []
  for (const file of listed) {
    const known = former.get(file.name)
    if (known?.signature === file.signature) {
      loaded.set(file.name, known)
      continue
    }
    const read = await readBundleFile(folder, file)
    if (read.kind === 'changing') return undefined
    if (read.kind === 'bundle') {
      loaded.set(file.name, { signature: file.signature, bundle: read.bundle })
      continue
    }
    loaded.set(file.name, { signature: file.signature, ...(known?.bundle && { bundle: known.bundle }) })
    if (!read.isBundle && !known?.bundle) others.push(file.name)
    else messages.push(`warning: ${neutralise(file.name)} ${read.problem}; ${known?.bundle ? 'what it held before is served on' : 'it is left out'}\n`)
  }
  for (const message of messages) tell(message)
  if (others.length > 0) tell(describeOthers(others))
  return loaded
}

function describeOthers(names: readonly string[]): string {
  const told = names.slice(0, toldNames).map(neutralise).join(', ')
  const more = names.length > toldNames ? ` and ${names.length - toldNames} more` : ''
  return `Left out, since they hold no STIX bundle: ${told}${more}\n`
}
