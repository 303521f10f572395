import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'

/** A file that others should not see. */
interface SecretFile {
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

/**
 * Makes the judge of user names and passwords. It takes the same time whatever it is given, so that nothing can be learned
 * from the time.
 */
export function checkCredentials(user: string, password: string): (user: string, password: string) => boolean {
  const [userDigest, passwordDigest] = [digest(user), digest(password)]
  return (givenUser, givenPassword) => {
    const isUser = timingSafeEqual(digest(givenUser), userDigest)
    const isPassword = timingSafeEqual(digest(givenPassword), passwordDigest)
    return isUser && isPassword
  }
}

/** Digests are of one length, whatever is compared. */
function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}
