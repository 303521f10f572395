import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { onTestFinished } from 'vitest'

/** A server of the test's own, gone after it. */
export interface LoopbackServer {
  /** "http://127.0.0.1:12345", without a slash at the end. */
  readonly address: string
  /** What was asked for, in order. */
  readonly requests: IncomingMessage[]
}

/** Answers a request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Answers requests in turn: the first with the first answer, and all after the last answer with it. */
export async function serve(...answers: readonly Answer[]): Promise<LoopbackServer> {
  return listen('http', createServer, answers)
}

/** The same by HTTPS. */
export async function serveSecurely(tls: { readonly cert: string, readonly key: string }, ...answers: readonly Answer[]): Promise<LoopbackServer> {
  return listen('https', (answer) => createSecureServer(tls, answer), answers)
}

async function listen(scheme: string, create: (answer: Answer) => Server, answers: readonly Answer[]): Promise<LoopbackServer> {
  const requests: IncomingMessage[] = []
  const server = create((request, response) => {
    requests.push(request)
    answers[Math.min(requests.length, answers.length) - 1]?.(request, response)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const listening = server.address()
  if (listening === null || typeof listening === 'string') throw new Error('no address')
  return { address: `${scheme}://127.0.0.1:${listening.port}`, requests }
}

/** The whole text with an entity tag, or the rest of it for whoever has the beginning of what the tag names. */
export function answerWith(text: string, etag = '"one"') {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const bytes = Buffer.from(text)
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const isRest = start > 0 && request.headers['if-range'] === etag
    const body = isRest ? bytes.subarray(start) : bytes
    const range = isRest ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}
    response.writeHead(isRest ? 206 : 200, { 'content-length': body.length, etag, ...range }).end(body)
  }
}

/** A status, and headers if any, with a line of text. */
export function answerStatus(status: number, headers: Readonly<Record<string, string>> = {}) {
  return (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, headers).end(`${status}\n`)
  }
}

/** As much of a text as said, of which all is announced; then silence, or the end of the connection. */
export function answerPart(text: string, length: number, then: 'silence' | 'end', etag = '"one"') {
  return (_: IncomingMessage, response: ServerResponse): void => {
    const bytes = Buffer.from(text)
    response.writeHead(200, { 'content-length': bytes.length, etag })
    response.write(bytes.subarray(0, length), () => {
      if (then === 'end') setTimeout(() => response.destroy(), 50)
    })
  }
}
