import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../shared', import.meta.url))

/** The folder with the real corpora, or undefined where there is none: tests that need it then say that they skip. */
export const sharedFolder: string | undefined = existsSync(folder) ? folder : undefined

/** A path below the shared folder. Only to be called where `sharedFolder` is defined. */
export function shared(path: string): string {
  return `${folder}/${path}`
}
