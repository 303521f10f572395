import { neutralise } from '../diagnostics/reporters/terminal-text.js'
import { isLoopback, isPrivateName } from '../io/addresses.js'
import { checkCredentials, readSecretFile } from '../io/taxii/credentials.js'
import { keepFolder, type KeptFolder } from '../io/taxii/keep-folder.js'
import { openServer, type OpenServer } from '../io/taxii/open-server.js'
import type { Collection } from '../taxii/server/collection.js'
import { apiRoot, createTaxiiApp } from '../taxii/server/create-taxii-app.js'
import { renderTable } from './render-table.js'
import { openTerminal } from './terminal.js'
import { UsageError } from './usage.js'

/** The options of `crosswalk serve`. */
export interface ServeOptions extends AccessOptions {
  readonly port: number
  readonly verbose?: boolean
}

/** How long responses under way may take to finish when the server is stopped, in milliseconds. */
const grace = 5000

/** Serves a folder until a signal says to stop. */
export async function serveFolder(folder: string, options: ServeOptions): Promise<void> {
  const { printMessage } = openTerminal({ color: false, quiet: true })
  const access = await readServiceAccess(options, printMessage)
  const kept = await keep(folder, printMessage)
  const app = createTaxiiApp({
    collections: kept.collections,
    ...(access.isKnown && { isKnown: access.isKnown }),
    ...(access.isOwnName && { isOwnName: access.isOwnName }),
    onFault: (error) => { printMessage(`error: ${neutralise(error instanceof Error ? error.stack ?? error.message : String(error))}\n`) },
  })
  const server = await listen(app.fetch, kept, {
    host: options.host,
    port: options.port,
    ...(access.tls && { tls: access.tls }),
    ...(options.verbose === true && { log: printMessage }),
  })
  printMessage(describeService({ address: server.address, folder, collections: kept.collections(), hasPassword: access.isKnown !== undefined }))
  await awaitStop()
  printMessage('Stopping\n')
  kept.close()
  await server.close(grace)
}

async function keep(folder: string, tell: (message: string) => void): Promise<KeptFolder> {
  try {
    return await keepFolder(folder, tell)
  } catch (error) {
    throw new UsageError(`${folder} can't be served: ${describe(error)}`)
  }
}

async function listen(fetch: Parameters<typeof openServer>[0], kept: KeptFolder, options: Parameters<typeof openServer>[1]): Promise<OpenServer> {
  try {
    return await openServer(fetch, options)
  } catch (error) {
    kept.close()
    const { host, port } = options
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (options.tls && code.startsWith('ERR_OSSL')) {
      throw new UsageError(`--tls-cert and --tls-key are no certificate and its key in PEM: ${describe(error)}`)
    }
    throw new UsageError(code === 'EADDRINUSE'
      ? `port ${port} of ${host} is in use; choose another with --port, or 0 for any that is free`
      : `can't listen at ${host}, port ${port}: ${describe(error)}`)
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? error.code : undefined
  return code === 'ENOENT' ? 'there is no such folder' : code === 'ENOTDIR' ? 'it is no folder' : error.message
}

/** The options about who may reach a server, and how. */
interface AccessOptions {
  readonly host: string
  readonly user?: string
  readonly passwordFile?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly behindProxy?: boolean
}

/** Who may reach a server, and how. */
interface ServiceAccess {
  /** Absent: anyone. */
  readonly isKnown?: (user: string, password: string) => boolean
  /** Absent: it may be called anything. */
  readonly isOwnName?: (name: string) => boolean
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

/** Reads what the options name. What others than this machine can reach needs a password, and TLS to keep it secret on the way. */
async function readServiceAccess(options: AccessOptions, tell: (message: string) => void): Promise<ServiceAccess> {
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

/** What is told when a server has started. */
interface Service {
  readonly address: string
  readonly folder: string
  readonly collections: readonly Collection[]
  readonly hasPassword: boolean
}

/** Where the server is, what it has, and how to subscribe to it. */
function describeService({ address, folder, collections, hasPassword }: Service): string {
  const rows = collections.map(({ id, alias, state }) => [`  ${id}`, String(state.entries.length), neutralise(alias)])
  return [
    `Serving ${neutralise(folder)} by TAXII 2.1 at ${address}/taxii2/`,
    '',
    'To subscribe OpenCTI: Data > Ingestion > TAXII feeds, add one with',
    `  TAXII server URL  ${address}${apiRoot}`,
    '  TAXII version     2.1',
    '  Collection        an id of these',
    `  Authentication    ${hasPassword ? 'basic, with the user name and the password' : 'none'}`,
    '',
    'Collections: id, objects, alias',
    renderTable(rows),
    'Ctrl-C stops it.\n',
  ].join('\n')
}

/** Waits for the signal to stop: Ctrl-C, or SIGTERM of whatever runs services. A second one ends the process at once. */
async function awaitStop(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  await new Promise<void>((resolve) => {
    for (const signal of signals) process.once(signal, () => { resolve() })
  })
  for (const signal of signals) {
    process.removeAllListeners(signal)
  }
}
