import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { FakeTaxii } from './fake-taxii.js'
import { serve, type LoopbackServer } from './loopback-server.js'

/** Puts a fake TAXII server on a port of this machine, gone after the test. The collection is at `/api1/collections/mappings/`. */
export async function serveTaxii({ answer }: FakeTaxii): Promise<LoopbackServer> {
  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answered = answer({ method: request.method ?? '', path: request.url ?? '', body: await text(request) })
    if (answered === 'drop') request.socket.destroy()
    else response.writeHead(answered.status, answered.headers).end(answered.body)
  }
  return serve((request, response) => void reply(request, response))
}
