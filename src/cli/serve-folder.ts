import { keepFolder, type KeptFolder } from '../io/taxii/keep-folder.js'
import { openServer, type OpenServer } from '../io/taxii/open-server.js'
import { createTaxiiApp } from '../taxii/server/create-taxii-app.js'
import { neutralise } from '../diagnostics/reporters/neutralise.js'
import { awaitStop } from './await-stop.js'
import { describeService } from './describe-service.js'
import { readServiceAccess, type AccessOptions } from './read-service-access.js'
import { openTerminal } from './terminal.js'
import { UsageError } from './usage-error.js'

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
