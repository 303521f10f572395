import { readFile, stat } from 'node:fs/promises'

/** A file that others should not see. */
export interface SecretFile {
  readonly text: string
  /** Whether others than its owner may read it; never where the system does not say so (Windows). */
  readonly isExposed: boolean
}

const readableByOthers = 0o044

/** Reads a small text file. Rejects when it can't be read. */
export async function readSecretFile(file: string): Promise<SecretFile> {
  const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)])
  return { text, isExposed: process.platform !== 'win32' && (mode & readableByOthers) !== 0 }
}
