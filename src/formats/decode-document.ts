import type { Report } from '../diagnostics/diagnostic.js'
import type { DecodedDocument, DocumentFile } from './decoded.js'
import { isGzip } from './gzip.js'
import { sniffContainer, sniffHtml, sniffTable, sniffTree } from './sniff-container.js'

/**
 * Decodes a file by the container that its content says it is. Undefined, with a `read/…` diagnostic, where it is none
 * that can be read. Files packed by gzip are unpacked first. Decoders are loaded when first needed. With `as`, what could be a text is one,
 * whatever else it looks like.
 */
export async function decodeDocument(file: DocumentFile, report: Report, as?: 'text'): Promise<DecodedDocument | undefined> {
  if (isGzip(file.bytes)) {
    const { inflateFile } = await import('./gzip.js')
    const inflated = await inflateFile(file, report)
    return inflated && decodeUnpacked(inflated, report, as)
  }
  return decodeUnpacked(file, report, as)
}

/** One wrapping of gzip is enough: gzip within gzip is a binary file. */
async function decodeUnpacked(file: DocumentFile, report: Report, as: 'text' | undefined): Promise<DecodedDocument | undefined> {
  const guess = sniffContainer(file.bytes)
  if (guess.container === 'none') {
    const origin = { document: file.name, place: { kind: 'file' } } as const
    switch (guess.because) {
      case 'empty': report('read/empty', { origin }); break
      case 'web-archive': report('read/web-archive', { origin }); break
      case 'binary': report('read/binary', { origin, found: guess.found })
    }
    return undefined
  }
  if (guess.container === 'workbook') return (await import('./workbook/decode-workbook.js')).decodeWorkbook(file, report)
  if (as === 'text') return (await import('./decode-text.js')).decodeText(file, report)
  if (sniffHtml(file)) return (await import('./html/decode-html.js')).decodeHtml(file, report)
  switch (sniffTree(file)) {
    case 'json': return (await import('./json/decode-json.js')).decodeJson(file, report)
    case 'yaml': return (await import('./yaml/decode-yaml.js')).decodeYaml(file, report)
  }
  if (sniffTable(file)) return (await import('./csv/decode-csv.js')).decodeCsv(file, report)
  return (await import('./decode-text.js')).decodeText(file, report)
}
