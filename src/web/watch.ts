import { countNoun } from '../diagnostics/counts-in-words.js'
import type { Message } from './messages.js'

/** Watches the worker read documents, one after the other, and ends it when one takes too long. */
export interface Watch {
  /** The document that is read now; undefined when all are read. */
  reading(name: string | undefined): void
  /** The conversion ended. */
  end(): void
}

/** Calls `stop` with the name of a document that is read for longer than `seconds`. Only the thread of the page can end its worker. */
export function createWatch(seconds: number, stop: (name: string) => void): Watch {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    reading(name) {
      clearTimeout(timer)
      timer = name === undefined ? undefined : setTimeout(() => stop(name), seconds * 1000)
    },
    end: () => clearTimeout(timer),
  }
}

/** The message of the command line (`read/stopped`); a page has no option that raises the limit. */
export function describeStopped(name: string, seconds: number): Message {
  const limit = countNoun(seconds, 'second')
  return {
    severity: 'error', code: 'read/stopped', message: `Reading ${name} was stopped at the limit of ${limit}`, place: name,
    expected: `a document that is read within ${limit}`, hint: 'If you trust the document, convert it on the command line with --max-seconds.',
  }
}
