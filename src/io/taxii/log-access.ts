import type { IncomingMessage, ServerResponse } from 'node:http'
import { neutralise } from '../../diagnostics/reporters/neutralise.js'

/**
 * Writes a line about a request once it is over: when, who, what, the status, bytes on the wire so far, and how long it
 * took.
 */
export function logAccess(request: IncomingMessage, response: ServerResponse, log: (line: string) => void): void {
  const start = performance.now()
  response.once('close', () => {
    const { method = '?', url = '?', socket } = request
    const took = Math.round(performance.now() - start)
    const end = response.writableFinished ? '' : ' (cut off)'
    log(`${new Date().toISOString()} ${socket.remoteAddress ?? '-'} ${method} ${neutralise(url)} ${response.statusCode} ${took} ms${end}\n`)
  })
}
