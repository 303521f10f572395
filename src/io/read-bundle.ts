import { readFile } from 'node:fs/promises'

/** A file's JSON, or why it could not be had, as a sentence that follows the file's name. */
export type BundleFile = { readonly value: unknown } | { readonly problem: string }

/** Reads a STIX bundle's file whole. What its JSON means is `readAttackBundle`'s affair. */
export async function readBundle(path: string): Promise<BundleFile> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { problem: code === 'ENOENT' ? 'does not exist' : `could not be read (${code})` }
  }
  try {
    // A byte order mark is white space to people, not to JSON.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return { value }
  } catch {
    return { problem: 'is not JSON' }
  }
}
