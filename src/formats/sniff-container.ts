import { decodeHead } from './decode-head.js'

/** What a file's first bytes say that it is: a container that is decoded, or a reason why it is none. */
export type ContainerGuess =
  | { readonly container: 'text' | 'workbook' }
  | { readonly container: 'none'; readonly because: 'empty' | 'web-archive' }
  | { readonly container: 'none'; readonly because: 'binary'; readonly found: string }

/** How many bytes are looked at; enough for every signature, cheap for any file. */
const WINDOW = 8192

/** Signatures of files that people hand over by mistake; the rest of binary files is told by its NUL bytes. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly found: string }[] = [
  { bytes: [0x1f, 0x8b], found: 'a gzip file' },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], found: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], found: 'a PNG image' },
  { bytes: [0xff, 0xd8, 0xff], found: 'a JPEG image' },
]

/** ZIP archives and compound files: workbooks, or what their decoder tells from them. */
const PACKAGES: readonly (readonly number[])[] = [[0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06], [0xd0, 0xcf, 0x11, 0xe0]]

/** The binary property lists that Safari saves pages as. */
const PROPERTY_LIST: readonly number[] = [0x62, 0x70, 0x6c, 0x69, 0x73, 0x74, 0x30, 0x30]

/** The head lines of a page saved as one file in MIME's format (MHTML, RFC 2557). */
const MIME_HEAD = /^(?:From|Snapshot-Content-Location|Subject|Date|MIME-Version|Content-Type|X-[A-Za-z-]{1,40}):/i
const MULTIPART = /^Content-Type:\s{0,4}multipart\/related/im

/** Tells a file's container by its content. Looks at the first 8 KiB only. */
export function sniffContainer(bytes: Uint8Array): ContainerGuess {
  if (bytes.length === 0) return { container: 'none', because: 'empty' }
  const signature = SIGNATURES.find((candidate) => startsWith(bytes, candidate.bytes))
  if (signature) return { container: 'none', because: 'binary', found: signature.found }
  if (PACKAGES.some((candidate) => startsWith(bytes, candidate))) return { container: 'workbook' }
  if (isWebArchive(bytes)) return { container: 'none', because: 'web-archive' }
  if (hasUtf16Mark(bytes)) return { container: 'text' }
  const nul = bytes.subarray(0, WINDOW).indexOf(0)
  if (nul >= 0) return { container: 'none', because: 'binary', found: `a NUL byte at offset ${nul}` }
  return { container: 'text' }
}

function isWebArchive(bytes: Uint8Array): boolean {
  if (startsWith(bytes, PROPERTY_LIST)) return true
  const head = decodeHead(bytes.subarray(0, WINDOW))
  return MIME_HEAD.test(head) && MULTIPART.test(head)
}

/** Whether the bytes begin with the byte order mark of UTF-16, either way round. */
function hasUtf16Mark(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}
