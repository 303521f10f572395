import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import { understand } from '../pipeline.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { Understanding } from '../requests.js'
import { listReadFiles } from './list-read-files.js'
import { openWorld } from './open-world.js'
import type { ReadingOptions } from './options/reading-options.js'
import type { Terminal } from './terminal.js'
import { toUnderstandRequest } from './to-understand-request.js'

/** One of the inputs of a command that takes several apart. */
export interface Side {
  readonly understanding: Understanding
  /** Documents are called by their paths: those of two sides may have the same name. */
  readonly files: readonly DocumentFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Understands one input apart from the others. */
export async function understandSide(input: string, options: ReadingOptions, terminal: Terminal): Promise<Side> {
  const understanding = await understand(await toUnderstandRequest([input], options), openWorld(options, terminal))
  terminal.progress?.clear()
  const files = listReadFiles(understanding)
  const paths = new Map(files.map(({ name, path }) => [name, path]))
  return {
    understanding,
    files: files.map((file) => ({ ...file, name: file.path })),
    diagnostics: understanding.diagnostics.map((diagnostic) => {
      const { origin } = diagnostic
      if (!origin) return diagnostic
      return { ...diagnostic, origin: { ...origin, document: paths.get(origin.document) ?? origin.document } }
    }),
  }
}

/** The mapping sets of an input. */
export function listSets(side: Side | undefined): readonly ResolvedSet[] {
  return side?.understanding.sets.map(({ set }) => set) ?? []
}
