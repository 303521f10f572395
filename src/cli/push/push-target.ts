import { checkAddress } from '../../io/addresses.js'
import { type CollectionAddress, readCollectionAddress } from '../../taxii/client/read-collection.js'
import { readGivenFile } from '../reading.js'
import { UsageError } from '../usage.js'

/** Parses the URL of a collection: https, or http to this machine or with `insecureHttp`. Throws UsageError. */
export function readTarget(text: string, insecureHttp: boolean): CollectionAddress {
  if (!URL.canParse(text)) throw new UsageError(`"${text}" is not a URL, such as https://example.org/api1/collections/mappings/`)
  const address = new URL(text)
  if (address.username !== '' || address.password !== '') {
    throw new UsageError('the URL contains a user name or a password; use --user and --password-file instead')
  }
  const fault = checkAddress(address)
  if (fault !== undefined && !(insecureHttp && address.protocol === 'http:')) {
    const isHttp = address.protocol === 'http:'
    const hint = isHttp ? '; --insecure-http allows it, but everyone on the network path can read what is sent' : ''
    throw new UsageError(`${address.href} ${fault}${hint}`)
  }
  const target = readCollectionAddress(address)
  if (!target) throw new UsageError(`${address.href} is not the URL of a collection; expected …/collections/{id}/`)
  return target
}

/** Credentials given on the command line; secrets are read from files. */
export interface CredentialOptions {
  readonly user?: string
  readonly passwordFile?: string
  readonly tokenFile?: string
}

/** Largest file with a secret, in bytes. */
const maxSecretBytes = 65_536

/** Authorization header: Basic (RFC 7617, UTF-8) or Bearer (RFC 6750); undefined without credentials. Throws UsageError. */
export async function readAuthorization({ user, passwordFile, tokenFile }: CredentialOptions): Promise<string | undefined> {
  if (tokenFile !== undefined) {
    if (user !== undefined || passwordFile !== undefined) {
      throw new UsageError('--token-file cannot be combined with --user and --password-file')
    }
    const token = await readSecret('--token-file', tokenFile)
    if (!/^[\x21-\x7E]+$/.test(token)) {
      throw new UsageError(`--token-file ${tokenFile}: a token must be ASCII without spaces`)
    }
    return `Bearer ${token}`
  }
  if (user === undefined && passwordFile === undefined) return undefined
  if (user === undefined || passwordFile === undefined) throw new UsageError('--user and --password-file must be used together')
  if (user.includes(':')) throw new UsageError('--user must not contain a colon (RFC 7617)')
  return `Basic ${Buffer.from(`${user}:${await readSecret('--password-file', passwordFile)}`).toString('base64')}`
}

/** Content of a file with a single line, without the line break. */
async function readSecret(flag: string, file: string): Promise<string> {
  const { bytes } = await readGivenFile(flag, file, maxSecretBytes)
  const secret = new TextDecoder().decode(bytes).replace(/\r?\n$/, '')
  if (secret === '' || /\p{Cc}/u.test(secret)) {
    throw new UsageError(`${flag} ${file}: the file must contain the secret on a single line and nothing else`)
  }
  return secret
}
