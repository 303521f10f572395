import { realpath } from 'node:fs/promises'
import path from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import type { FoundInput } from './find-inputs.js'
import { readFormer } from './read-former.js'

/**
 * Leaves out what an earlier run wrote into the output folder, where that lies in a folder that is read: the second run of a command then
 * reads what the first one read, and writes the same bytes. An artefact that was named, or changed by hand, is read; so are all of them
 * where nothing else would be. What is left out is reported.
 */
export async function leaveOwnArtefacts(
  found: readonly FoundInput[],
  output: string,
  manifestFile: string,
  report: Report,
): Promise<readonly FoundInput[]> {
  const folder = await realpath(output).catch(() => undefined)
  if (folder === undefined || output === '') return found
  const real = new Map<FoundInput, string>()
  for (const one of found) if (one.walked === true) real.set(one, await realpath(one.file).catch(() => one.file))
  if (![...real.values()].some((file) => file.startsWith(folder + path.sep))) return found

  const { artefacts } = await readFormer(folder, manifestFile, new Set())
  if (artefacts.length === 0) return found
  const own = new Set([path.basename(manifestFile), ...artefacts.map(({ name }) => name)].map((name) => path.resolve(folder, name)))
  const isOwn = (one: FoundInput): boolean => own.has(real.get(one) ?? '')
  const others = found.filter((one) => !isOwn(one))
  if (others.length === 0) return found
  for (const one of found.filter(isOwn)) {
    report('read/skipped', {
      message: `${one.path} was passed over: an earlier run wrote it into the output folder`,
      origin: { document: one.path, place: { kind: 'file' } },
    })
  }
  return others
}
