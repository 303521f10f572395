import { createHash, timingSafeEqual } from 'node:crypto'

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
