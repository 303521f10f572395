import { readGivenFile } from '../read-given-file.js'
import { UsageError } from '../usage-error.js'

/** Who asks, as the command line tells it; secrets stand in files. */
export interface CredentialOptions {
  readonly user?: string
  readonly passwordFile?: string
  readonly tokenFile?: string
}

/** The largest file of a secret, in bytes. */
const largestSecret = 65_536

/** The header Authorization: Basic (RFC 7617, UTF-8) or Bearer (RFC 6750); undefined when no credentials are given. */
export async function readAuthorization({ user, passwordFile, tokenFile }: CredentialOptions): Promise<string | undefined> {
  if (tokenFile !== undefined) {
    if (user !== undefined || passwordFile !== undefined) {
      throw new UsageError('--token-file does not go with --user and --password-file')
    }
    const token = await readSecret('--token-file', tokenFile)
    if (!/^[\x21-\x7E]+$/.test(token)) {
      throw new UsageError(`--token-file ${tokenFile}: a token has no blanks and no letters beyond ASCII`)
    }
    return `Bearer ${token}`
  }
  if (user === undefined && passwordFile === undefined) return undefined
  if (user === undefined || passwordFile === undefined) throw new UsageError('--user and --password-file go together')
  if (user.includes(':')) throw new UsageError('--user: a name has no colon (RFC 7617)')
  return `Basic ${Buffer.from(`${user}:${await readSecret('--password-file', passwordFile)}`).toString('base64')}`
}

/** The first line of a file, without its end; there is no second one. */
async function readSecret(flag: string, file: string): Promise<string> {
  const { bytes } = await readGivenFile(flag, file, largestSecret)
  const secret = new TextDecoder().decode(bytes).replace(/\r?\n$/, '')
  if (secret === '' || /\p{Cc}/u.test(secret)) {
    throw new UsageError(`${flag} ${file}: the file has to hold the secret on one line, and nothing else`)
  }
  return secret
}
