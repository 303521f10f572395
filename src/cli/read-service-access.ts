import { isLoopback } from '../io/is-loopback.js'
import { isPrivateName } from '../io/is-private-name.js'
import { checkCredentials } from '../io/taxii/check-credentials.js'
import { readSecretFile } from '../io/taxii/read-secret-file.js'
import { UsageError } from './usage-error.js'

/** The options about who may reach a server, and how. */
export interface AccessOptions {
  readonly host: string
  readonly user?: string
  readonly passwordFile?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly behindProxy?: boolean
}

/** Who may reach a server, and how. */
export interface ServiceAccess {
  /** Absent: anyone. */
  readonly isKnown?: (user: string, password: string) => boolean
  /** Absent: it may be called anything. */
  readonly isOwnName?: (name: string) => boolean
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

/** Reads what the options name. What others than this machine can reach needs a password, and TLS to keep it secret on the way. */
export async function readServiceAccess(options: AccessOptions, tell: (message: string) => void): Promise<ServiceAccess> {
  const { host, user, passwordFile, tlsCert, tlsKey, behindProxy = false } = options
  if ((user === undefined) !== (passwordFile === undefined)) throw new UsageError('--user and --password-file go together')
  if ((tlsCert === undefined) !== (tlsKey === undefined)) throw new UsageError('--tls-cert and --tls-key go together')
  if (!isLoopback(host) && !behindProxy && (user === undefined || tlsCert === undefined)) {
    throw new UsageError(`${host} can be reached by other machines: --user, --password-file, --tls-cert and --tls-key are needed.\n`
      + 'Where something in front of it sees to passwords and TLS, say so with --behind-proxy')
  }
  if (user !== undefined && (user === '' || user.includes(':'))) throw new UsageError('--user is no name: it is empty, or has a colon')
  return {
    ...(user === undefined && !behindProxy && { isOwnName: isPrivateName }),
    ...(user !== undefined && passwordFile !== undefined && { isKnown: checkCredentials(user, await readPassword(passwordFile, tell)) }),
    ...(tlsCert !== undefined && tlsKey !== undefined && {
      tls: { cert: await read('--tls-cert', tlsCert, () => undefined), key: await read('--tls-key', tlsKey, tell) },
    }),
  }
}

/** The first line, whatever its end. */
async function readPassword(file: string, tell: (message: string) => void): Promise<string> {
  const password = (await read('--password-file', file, tell)).replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
  if (password === '') throw new UsageError(`--password-file ${file}: its first line is empty`)
  return password
}

async function read(flag: string, file: string, tell: (message: string) => void): Promise<string> {
  try {
    const { text, isExposed } = await readSecretFile(file)
    if (isExposed) tell(`warning: other users of this machine can read ${file} (chmod 600 keeps it to you)\n`)
    return text
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new UsageError(`${flag} ${file} could not be read (${code})`)
  }
}
