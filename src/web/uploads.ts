import type { Upload } from './messages.js'

/** A file that the user chose. `path` is its path below the folder, or its name. */
export interface Chosen {
  readonly path: string
  readonly file: File
  /** Found in a folder, not chosen by itself. */
  readonly walked: boolean
}

/** Bytes that are read at most, in all: more does not fit a tab. */
const mostBytes = 500 * 1024 * 1024

/** The files of a file input; those of a folder have paths below it. */
export function listChosen(files: FileList | null): readonly Chosen[] {
  return [...files ?? []].map((file) => {
    const [, ...below] = file.webkitRelativePath.split('/')
    return below.length > 0 ? { path: below.join('/'), file, walked: true } : { path: file.name, file, walked: false }
  })
}

/** The files that were dropped, and those in dropped folders. Call while the event is handled: its items are gone afterwards. */
export async function listDropped(transfer: DataTransfer): Promise<readonly Chosen[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry())
  const files = [...transfer.files]
  // Pages that are dragged from elsewhere have files without entries.
  if (entries.every((entry) => entry === null)) return files.map((file) => ({ path: file.name, file, walked: false }))
  const found: Chosen[] = []
  for (const entry of entries) if (entry) await walk(entry, '', found)
  return found
}

async function walk(entry: FileSystemEntry, below: string, found: Chosen[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    found.push({ path: `${below}${entry.name}`, file, walked: below !== '' || entry.fullPath.lastIndexOf('/') > 0 })
    return
  }
  if (!isFolder(entry)) return
  const reader = entry.createReader()
  // A folder's own name is not part of the names of its documents; folders in it are.
  const inside = entry.fullPath.lastIndexOf('/') > 0 ? `${below}${entry.name}/` : ''
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (entries.length === 0) return
    for (const child of entries) await walk(child, inside, found)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

/** What is read of chosen files, and what is not, in words. */
export interface Selection {
  readonly kept: readonly Chosen[]
  readonly skipped: readonly string[]
}

/**
 * Chooses as the command line does: of folders only files with an extension that some parser reads, no hidden ones. Files of one path get
 * a number.
 */
export function selectChosen(chosen: readonly Chosen[], readable: readonly string[]): Selection {
  const kept: Chosen[] = []
  const skipped: string[] = []
  const taken = new Set<string>()
  let sum = 0
  for (const one of chosen) {
    const extension = /\.([a-z0-9]{1,10})(?:\.gz)?$/i.exec(one.path)?.[1]?.toLowerCase() ?? ''
    if (one.walked && (/(?:^|\/)\./.test(one.path))) continue
    if (one.walked && !readable.includes(extension)) skipped.push(`${one.path} was skipped: no parser reads this file type from folders`)
    else if (sum + one.file.size > mostBytes) skipped.push(`${one.path} was skipped: the files together have more than ${mostBytes / 1024 / 1024} MB`)
    else {
      sum += one.file.size
      let path = one.path
      for (let nth = 2; taken.has(path); nth++) path = `${one.path} (${nth})`
      taken.add(path)
      kept.push({ ...one, path })
    }
  }
  return { kept, skipped }
}

/** Reads the bytes of files. */
export async function readUploads(chosen: readonly Chosen[]): Promise<readonly Upload[]> {
  const uploads: Upload[] = []
  for (const { path, file } of chosen) uploads.push({ name: path, bytes: new Uint8Array(await file.arrayBuffer()) })
  return uploads
}
