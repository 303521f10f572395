import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import { compareText } from '../model/text.js'

/** A file to read. */
export interface FoundInput {
  /** Path on disk. */
  readonly file: string
  /** Path as displayed, with slashes. */
  readonly path: string
  /** Name in artifacts and diagnostics, unique within a run. */
  readonly name: string
  /** Found in a folder, not named by the user. */
  readonly walked?: boolean
}

/** Extensions of documents: a folder with such a name is reported, since it is probably a mistake. */
const documentExtension = /\.(?:txt|html?|json|ya?ml|csv|tsv|xlsx?|xlsm|ods|md)$/i

/** What is read from folders. */
export interface Walking {
  /** Extensions, lower case, no dot. */
  readonly readable: ReadonlySet<string>
  /** Also links to files outside of the folder that the user named. */
  readonly followLinks?: boolean
}

/** Lists the files of inputs (files, folders, globs): each once, sorted by name. Reports what is missing, unreadable or skipped. */
export async function findInputs(inputs: readonly string[], walking: Walking, report: Report): Promise<readonly FoundInput[]> {
  const found: FoundInput[] = []
  for (const input of inputs) for (const one of await findInput(input, walking, report)) found.push(one)

  const byRealPath = new Map<string, FoundInput>()
  for (const one of found) {
    const real = await realpath(one.file).catch(() => one.file)
    const known = byRealPath.get(real)
    // The shorter name wins, in any order of the inputs.
    const shorter = !known || compareNames(one.name, known.name) < 0 ? one : known
    byRealPath.set(real, { ...shorter, walked: one.walked === true && known?.walked !== false })
  }
  return withUniqueNames([...byRealPath.values()]).toSorted((a, b) => compareText(a.name, b.name))
}

async function findInput(input: string, walking: Walking, report: Report): Promise<readonly FoundInput[]> {
  const entry = await stat(input).catch(() => undefined)
  if (entry?.isDirectory()) {
    const found = await walkFolder(input, '', walking, report)
    const isReadable = async (): Promise<boolean> => readdir(input).then(() => true, () => false)
    if (found.length === 0 && (await isReadable())) {
      report('read/no-input', { message: `${toSlashes(input)}: no documents in the folder`, origin: fileOrigin(input) })
    }
    return found
  }
  if (entry) return withMetadata({ file: input, path: toSlashes(input), name: path.basename(input) })
  if (await isSymbolicLink(input)) {
    const message = `${toSlashes(input)} is a broken symbolic link`
    report('read/unreadable', { message, origin: fileOrigin(input), hint: 'Remove the link or restore its target.' })
    return []
  }
  const matches = /[*?[{]/.test(input) ? await expandGlob(input) : []
  if (matches.length === 0) {
    report('read/not-found', { message: `${toSlashes(input)}: no such file or folder`, origin: fileOrigin(input) })
  }
  return (await Promise.all(matches.map(withMetadata))).flat()
}

/** Adds the metadata file (CSVW) next to a CSV table: our tables store the names of groups and mapping types in it. */
async function withMetadata(table: FoundInput): Promise<readonly FoundInput[]> {
  if (!/\.csv$/i.test(table.name)) return [table]
  const [file, shown, name] = [table.file, table.path, table.name].map((text) => `${text}-metadata.json`)
  const exists = file !== undefined && (await stat(file).catch(() => undefined))?.isFile() === true
  return exists && shown !== undefined && name !== undefined ? [table, { file, path: shown, name }] : [table]
}

/** Whether a path is a symbolic link, broken or not. */
export async function isSymbolicLink(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => undefined))?.isSymbolicLink() ?? false
}

async function expandGlob(pattern: string): Promise<readonly FoundInput[]> {
  const { glob } = await import('tinyglobby')
  const files = await glob(toSlashes(pattern), { onlyFiles: true, expandDirectories: false })
  return files.map((file) => ({ file, path: toSlashes(file), name: path.basename(file) }))
}

async function walkFolder(root: string, below: string, walking: Walking, report: Report): Promise<readonly FoundInput[]> {
  const folder = path.join(root, below)
  const found: FoundInput[] = []
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    report('read/unreadable', { message: `${toSlashes(folder)}: the folder could not be read (${error.code})`, origin: fileOrigin(folder) })
    return []
  })
  for (const entry of entries.toSorted((a, b) => compareText(a.name, b.name))) {
    if (entry.name.startsWith('.')) continue
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    const file = path.join(root, name)
    if (entry.isDirectory()) {
      if (documentExtension.test(entry.name)) {
        report('read/folder-as-file', { origin: fileOrigin(file), found: 'a folder', expected: 'a file' })
      } else for (const one of await walkFolder(root, name, walking, report)) found.push(one)
    } else if (walking.readable.has(path.extname(entry.name.replace(/\.gz$/i, '')).slice(1).toLowerCase())) {
      if (entry.isSymbolicLink() && walking.followLinks !== true && await leadsOut(file, root)) {
        const message = `${toSlashes(file)} was skipped: it is a link to a file outside of ${toSlashes(root)}`
        report('read/skipped', { message, origin: fileOrigin(file), hint: 'Name the file itself, or use --follow-links if you trust the folder.' })
      } else found.push({ file, path: toSlashes(file), name, walked: true })
    } else {
      const message = `${toSlashes(file)} was skipped: no parser reads this file type from folders`
      report('read/skipped', { message, origin: fileOrigin(file) })
    }
  }
  return found
}

/** Whether a link leads out of a folder. A broken one does not: it is reported when it is read. */
async function leadsOut(link: string, root: string): Promise<boolean> {
  const [target, folder] = await Promise.all([realpath(link).catch(() => undefined), realpath(root)])
  return target !== undefined && path.relative(folder, target).split(path.sep)[0] === '..'
}

/** Makes names of files from different folders unique by adding as many parent folders as needed. */
function withUniqueNames(inputs: readonly FoundInput[]): readonly FoundInput[] {
  const groups = new Map<string, FoundInput[]>()
  for (const input of inputs) groups.set(input.name, [...(groups.get(input.name) ?? []), input])
  return [...groups.values()].flatMap((group) => {
    if (group.length === 1) return group
    const segments = group.map((input) => toSlashes(path.resolve(input.file)).split('/'))
    for (let depth = 2; ; depth++) {
      const names = segments.map((parts) => parts.slice(-depth).join('/'))
      const longest = segments.every((parts) => depth >= parts.length)
      if (new Set(names).size === names.length || longest) {
        return group.map((input, index) => ({ ...input, name: names[index] ?? input.name }))
      }
    }
  })
}

/** Origin for diagnostics about a file that did not become a document. */
function fileOrigin(file: string) {
  return { document: toSlashes(file), place: { kind: 'file' } } as const
}

function toSlashes(file: string): string {
  return path.sep === '/' ? file : file.replaceAll(path.sep, '/')
}

function compareNames(a: string, b: string): number {
  return a.length - b.length || compareText(a, b)
}
