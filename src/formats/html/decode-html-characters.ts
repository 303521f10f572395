import type { Report } from '../../diagnostics/diagnostic.js'
import { decodeCharacters } from '../decode-characters.js'
import { decodeWindows1252 } from '../decode-windows-1252.js'
import type { DocumentFile } from '../decoded.js'

/** How many bytes are searched for the page's encoding. The HTML standard says 1024; saved pages push it down. */
const WINDOW = 4096

/** `<meta charset="…">` and `<meta http-equiv=… content="text/html; charset=…">` (HTML, "prescan a byte stream"). */
const CHARSET = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w-]{1,40})/i

/** Labels of Windows-1252, and of encodings that the Encoding Standard reads as it. */
const WINDOWS_1252 = /^(?:windows-1252|cp-?1252|iso-?8859-1|latin-?1|us-ascii|ascii)$/

/**
 * A page's bytes as characters: by its byte order mark; as UTF-8 where they are UTF-8, whatever the page says, since editors
 * change the one and not the other; else as its `<meta charset>` says; else as `decodeCharacters` does.
 */
export function decodeHtmlCharacters(file: DocumentFile, report: Report): string {
  const charset = CHARSET.exec(decodeWindows1252(file.bytes.subarray(0, WINDOW)))?.[1]?.toLowerCase()
  if (charset === undefined || /^utf-?(?:8|16)/.test(charset) || hasMark(file.bytes) || isUtf8(file.bytes)) {
    return decodeCharacters(file, report, 'windows-1252')
  }
  if (WINDOWS_1252.test(charset)) return decodeWindows1252(file.bytes)
  return decodeAs(charset, file.bytes) ?? decodeCharacters(file, report, 'windows-1252')
}

/** Undefined where the encoding is none that is known. */
function decodeAs(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return undefined
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function hasMark([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}
