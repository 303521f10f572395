import { open } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BundleFile } from '../../taxii/server/bundle-file.js'
import { splitBundle } from '../../taxii/server/split-bundle.js'
import type { ListedFile } from './list-bundle-files.js'

/** A bundle; or why a file gives none, in words that follow its name; or that it changed while it was read. */
export type ReadFile =
  | { readonly kind: 'bundle'; readonly bundle: BundleFile }
  | { readonly kind: 'problem'; readonly problem: string; readonly isBundle: boolean }
  | { readonly kind: 'changing' }

/** In bytes: what Node reads into one piece of memory is not much more. */
const largestFile = 1_500_000_000

/** Reads a bundle whole, or not at all. Lets others have their turn while it does. */
export async function readBundleFile(folder: string, { name, changedAt }: ListedFile): Promise<ReadFile> {
  try {
    const bytes = await readWhole(path.join(folder, name))
    if (!bytes) return { kind: 'changing' }
    const steps = splitBundle(bytes)
    for (;;) {
      const step = steps.next()
      if (step.done === true) {
        const split = step.value
        if ('problem' in split) return { kind: 'problem', ...split, isBundle: split.isBundle || name.endsWith('.stix.json') }
        return { kind: 'bundle', bundle: { ...split, name, changedAt, title: split.title ?? name.replace(/(?:\.stix)?\.json$/, '') } }
      }
      await nextTurn()
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return { kind: 'problem', problem: `could not be read (${String(error.code)})`, isBundle: true }
  }
}

/** Undefined when it changed meanwhile. */
async function readWhole(file: string): Promise<Uint8Array | undefined> {
  const handle = await open(file, 'r')
  try {
    const before = await handle.stat({ bigint: true })
    if (before.size > largestFile) throw Object.assign(new Error('too large'), { code: 'EFBIG' })
    const bytes = await handle.readFile()
    const after = await handle.stat({ bigint: true })
    return before.mtimeNs === after.mtimeNs && BigInt(bytes.length) === after.size ? bytes : undefined
  } finally {
    await handle.close()
  }
}
