import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'

/**
 * A process in the name of a file: machine, number and start. Numbers of processes are used again, and mean nothing on another machine, in
 * another container or after a restart; the three together are one process.
 */
export type ProcessTag = string

/** Whether the process of a tag is running: `unknown` if it is, or was, one of another machine or container. */
export type ProcessState = 'running' | 'ended' | 'unknown'

const tagPattern = /^([0-9a-f]{8})-(\d+)-(\d+)$/
let own: ProcessTag | undefined

/** The tag of this process. */
export function ownTag(): ProcessTag {
  own ??= `${machineOf()}-${process.pid}-${startOf(tryRead('/proc/self/stat'))}`
  return own
}

/** The machine as eight hex digits: its name and, on Linux, when it was started and the container. */
function machineOf(): string {
  const facts = [hostname(), tryRead('/proc/sys/kernel/random/boot_id'), tryLink('/proc/self/ns/pid')]
  return createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 8)
}

function tryRead(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function tryLink(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}

/** When a process was started, in ticks since the machine was, by its line in /proc (field 22 of proc_pid_stat(5)); 0 elsewhere than on Linux. */
function startOf(line: string): string {
  return fieldsOf(line)[19] ?? '0'
}

/** The fields after the name of the program, which may contain spaces and brackets. */
function fieldsOf(line: string): readonly string[] {
  const end = line.lastIndexOf(') ')
  return end === -1 ? [] : line.slice(end + 2).split(' ')
}

/** Looks up the process of a tag. */
export async function findProcess(tag: ProcessTag): Promise<ProcessState> {
  const [, machine, pid = '', start] = tagPattern.exec(tag) ?? []
  if (machine !== machineOf()) return 'unknown'
  if (start !== '0') {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    // A killed process whose parent does not ask for it stays in the list, as a zombie.
    return startOf(line) === start && !['Z', 'X'].includes(fieldsOf(line)[0] ?? '') ? 'running' : 'ended'
  }
  try {
    process.kill(Number(pid), 0)
    return 'running'
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH' ? 'ended' : 'running'
  }
}

const temporaryPattern = /^\.crosswalk-([0-9a-f]{8}-\d+-\d+)-[0-9a-f-]{36}\.tmp$/
/** Milliseconds after which a temporary file is litter, whoever wrote it: it is there for as long as one artifact is written. */
const longestUse = 24 * 60 * 60 * 1000

/** Name of a temporary file or folder of this process, random, so that nobody can put a link in its place beforehand. */
export function temporaryName(): string {
  return `.crosswalk-${ownTag()}-${randomUUID()}.tmp`
}

const swept = new Set<string>()

/** Removes the temporary files that killed runs left in a folder, once for each folder. Never fails: litter harms nobody. */
export async function sweepFolder(folder: string): Promise<void> {
  const real = path.resolve(folder)
  if (swept.has(real)) return
  swept.add(real)
  for (const name of await readdir(real).catch(() => [])) {
    const [, tag] = temporaryPattern.exec(name) ?? []
    if (tag === undefined) continue
    const state = await findProcess(tag)
    const isLitter = state === 'ended' || (state === 'unknown' && (await silenceOf(path.join(real, name), real)) > longestUse)
    if (isLitter) await rm(path.join(real, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

/**
 * Milliseconds since a file was changed, by the clock of the file system that it is on, which may be another machine's. `folder`: where a
 * file can be written to read that clock.
 */
export async function silenceOf(file: string, folder: string): Promise<number> {
  const probe = path.join(folder, temporaryName())
  try {
    await writeFile(probe, '', { flag: 'wx' })
    const [now, then] = await Promise.all([stat(probe), stat(file)])
    return now.mtimeMs - then.mtimeMs
  } catch {
    return 0
  } finally {
    await rm(probe, { force: true }).catch(() => undefined)
  }
}
