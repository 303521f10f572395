import { refuseAddress } from '../../io/addresses.js'
import { type CollectionAddress, readCollectionAddress } from '../../taxii/client/read-collection.js'
import { readGivenFile } from '../read-given-files.js'
import { UsageError } from '../usage.js'

/** Reads the address of a collection. https, or http on this machine, unless the user allows http anywhere. */
export function readTarget(text: string, insecureHttp: boolean): CollectionAddress {
  if (!URL.canParse(text)) throw new UsageError(`"${text}" is no address, such as https://example.org/api1/collections/mappings/`)
  const address = new URL(text)
  if (address.username !== '' || address.password !== '') {
    throw new UsageError('The address holds a user name or a password: give them with --user and --password-file')
  }
  const fault = refuseAddress(address)
  if (fault !== undefined && !(insecureHttp && address.protocol === 'http:')) {
    const isHttp = address.protocol === 'http:'
    const hint = isHttp ? '; --insecure-http allows it, and lets everybody on the way read what is sent' : ''
    throw new UsageError(`${address.href} ${fault}${hint}`)
  }
  const target = readCollectionAddress(address)
  if (!target) throw new UsageError(`${address.href} is no address of a collection: …/collections/{id}/`)
  return target
}

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
