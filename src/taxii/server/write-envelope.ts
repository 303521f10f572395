import { joinBytes } from '../../formats/join-bytes.js'
import type { Page } from './turn-page.js'

/** JSON that is sent bit by bit, as fast as it is taken. */
export interface Body {
  /** In bytes. */
  readonly length: number
  readonly stream: () => ReadableStream<Uint8Array>
}

const encoder = new TextEncoder()
const comma = encoder.encode(',')
/** About how many bytes are sent at a time. */
const chunkSize = 1 << 16

/**
 * A page's objects, word for word, in an envelope (TAXII 2.1, section 3.7). However large they are, only a chunk of them
 * is copied at a time, and nothing is while the client takes nothing.
 */
export function writeEnvelope({ entries, next }: Page): Body {
  const head = { more: next !== undefined, ...(next !== undefined && { next }) }
  const text = JSON.stringify(head).slice(0, -1)
  const parts = entries.length === 0
    ? [encoder.encode(`${text}}`)]
    : [
        encoder.encode(`${text},"objects":[`),
        ...entries.flatMap(({ object }, index) => (index === 0 ? [object.bytes] : [comma, object.bytes])),
        encoder.encode(']}'),
      ]
  return {
    length: parts.reduce((sum, part) => sum + part.length, 0),
    stream: () => streamParts(parts),
  }
}

function streamParts(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const start = at
      for (let size = 0; at < parts.length && size < chunkSize; at += 1) size += parts[at]?.length ?? 0
      controller.enqueue(joinBytes(parts.slice(start, at)))
      if (at === parts.length) controller.close()
    },
  }, { highWaterMark: 1 })
}
