import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'

/** Content of a file with a secret. */
interface SecretFile {
  readonly text: string
  /** Whether other users may read the file; always false on Windows. */
  readonly isExposed: boolean
}

const readableByOthers = 0o044

/** Reads a small text file with a secret. Rejects if it cannot be read. */
export async function readSecretFile(file: string): Promise<SecretFile> {
  const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)])
  return { text, isExposed: process.platform !== 'win32' && (mode & readableByOthers) !== 0 }
}

/** Creates the function that checks a user name and a password, in constant time to prevent timing attacks. */
export function checkCredentials(user: string, password: string): (user: string, password: string) => boolean {
  const [userDigest, passwordDigest] = [digest(user), digest(password)]
  return (givenUser, givenPassword) => {
    const isUser = timingSafeEqual(digest(givenUser), userDigest)
    const isPassword = timingSafeEqual(digest(givenPassword), passwordDigest)
    return isUser && isPassword
  }
}

/** `timingSafeEqual` needs buffers of the same length. */
function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}
