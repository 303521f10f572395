import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { FakeTaxii } from './fake-taxii.js'
import { serve, serveSecurely, type LoopbackServer } from './loopback-server.js'
import type { SelfSigned } from './self-signed-certificate.js'

/**
 * Puts a fake TAXII server on a port of this machine, gone after the test: by HTTPS where it gets a certificate. The collection is at
 * `/api1/collections/mappings/`.
 */
export async function serveTaxii({ answer }: FakeTaxii, tls?: SelfSigned): Promise<LoopbackServer> {
  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answered = answer({ method: request.method ?? '', path: request.url ?? '', body: await text(request) })
    if (answered === 'drop') request.socket.destroy()
    else response.writeHead(answered.status, answered.headers).end(answered.body)
  }
  const answerRequest = (request: IncomingMessage, response: ServerResponse): void => void reply(request, response)
  return tls ? serveSecurely(tls, answerRequest) : serve(answerRequest)
}
