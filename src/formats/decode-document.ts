import type { Report } from '../diagnostics/diagnostic.js'
import type { DecodedDocument, DocumentFile } from './decoded.js'
import { sniffContainer } from './sniff-container.js'

/**
 * Decodes a file by the container that its content says it is. Undefined, with a `read/…` diagnostic, where it is none
 * that can be read. Decoders are loaded when first needed.
 */
export async function decodeDocument(file: DocumentFile, report: Report): Promise<DecodedDocument | undefined> {
  const guess = sniffContainer(file.bytes)
  switch (guess.container) {
    case 'text': {
      const { decodeText } = await import('./text/decode-text.js')
      return decodeText(file, report)
    }
    case 'none': {
      const origin = { document: file.name, place: { kind: 'file' } } as const
      if (guess.because === 'empty') report('read/empty', { origin })
      else report('read/binary', { origin, found: guess.found })
      return undefined
    }
  }
}
