import type { Origin } from './origin.js'

/** An origin in a few words, for messages that name a second place. */
export function describeOrigin({ document, place }: Origin): string {
  switch (place.kind) {
    case 'file': return document
    case 'text': return `${document}:${place.line}`
    case 'pointer': return `${document}#${place.pointer}`
    case 'cell': return `${document} ${place.sheet}!${place.cell}`
  }
}
