import { decodeDocument } from '../formats/decode-document.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { Limits } from '../formats/limits.js'
import { addToList } from '../model/stated.js'
import type { OtherDocuments, OtherObject, ParseContext, Parser } from '../parsers/parser.js'
import { detectParser } from './understand.js'

/** What all documents of a run share: objects by id, and by id the documents that lack them. */
interface Pool {
  readonly objects: ReadonlyMap<string, readonly OtherObject[]>
  readonly missing: ReadonlyMap<string, readonly DocumentFile[]>
}

/** A document of a run, and the parser that the user names for it. */
interface ReadFile {
  readonly file: DocumentFile
  readonly from?: string | undefined
}

/**
 * Lets the documents of a run refer to each other's objects: the relationships of a bundle to the controls of another. The documents are
 * decoded a second time, together, when the first of them asks; undefined for a run of one document. `canRead`: whether reading a
 * document ends within its limits of time and memory; others share nothing.
 */
export function createOtherDocuments(
  files: readonly ReadFile[], limits: Limits, canRead: (file: DocumentFile) => Promise<boolean> = async () => true,
): (own: DocumentFile) => ParseContext['others'] {
  let pool: Promise<Pool> | undefined
  return (own) => {
    if (!files.some(({ file }) => isOther(file, own))) return undefined
    return async () => viewPool(await (pool ??= fillPool(files, limits, canRead)), own)
  }
}

async function fillPool(files: readonly ReadFile[], limits: Limits, canRead: (file: DocumentFile) => Promise<boolean>): Promise<Pool> {
  const objects = new Map<string, OtherObject[]>()
  const missing = new Map<string, DocumentFile[]>()
  for (const { file, from } of files.filter(({ file: { bytes } }) => couldBeTree(bytes))) {
    if (!await canRead(file)) continue
    const decoded = await decodeDocument(file, silent, undefined, { limits })
    const parser: Parser | undefined = decoded && detectParser(decoded, from, silent)?.parser
    const shared = decoded && await parser?.share?.(decoded)
    for (const [id, value] of shared?.objects ?? []) addToList(objects, id, { value, file })
    for (const id of shared?.missing ?? []) addToList(missing, id, file)
  }
  return { objects, missing }
}

/** Reports nothing: the problems of a document are reported when it is read as one of the run. */
const silent = (): void => undefined

/** Whether bytes may be JSON or YAML, compressed or not: workbooks (zip, OLE) and markup are expensive to decode, and share nothing. */
function couldBeTree(bytes: Uint8Array): boolean {
  return ![0x50, 0xd0, 0x3c].includes(bytes[0] ?? 0)
}

function viewPool({ objects, missing }: Pool, own: DocumentFile): OtherDocuments {
  return {
    find: (id, isNewer) => {
      let best: OtherObject | undefined
      for (const object of objects.get(id) ?? []) {
        if (isOther(object.file, own) && (!best || isNewer(object.value, best.value))) best = object
      }
      return best
    },
    neededBy: (id) => (missing.get(id) ?? []).filter((file) => isOther(file, own)),
  }
}

/** Whether two documents are different ones: the same may be given twice, as an input and as a catalogue. */
function isOther(file: DocumentFile, own: DocumentFile): boolean {
  return file !== own && (file.name !== own.name || file.sha256 !== own.sha256)
}
