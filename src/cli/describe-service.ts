import { neutralise } from '../diagnostics/reporters/neutralise.js'
import type { Collection } from '../taxii/server/collection.js'
import { apiRoot } from '../taxii/server/api-root.js'
import { renderTable } from './render-table.js'

/** What is told when a server has started. */
export interface Service {
  readonly address: string
  readonly folder: string
  readonly collections: readonly Collection[]
  readonly hasPassword: boolean
}

/** Where the server is, what it has, and how to subscribe to it. */
export function describeService({ address, folder, collections, hasPassword }: Service): string {
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
