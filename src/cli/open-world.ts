import { createDiskWorld } from '../io/disk-world.js'
import type { Parser } from '../parsers/parser.js'
import { parsers } from '../parsers/registry.js'
import type { World } from '../world.js'
import type { Terminal } from './terminal.js'

const megabyte = 1_000_000

interface WorldOptions {
  /** The parser that the user names. */
  readonly from?: string
  readonly output?: string
  /** In megabytes. */
  readonly maxSize?: number
  readonly dryRun?: boolean
}

/** The disk, as the options describe it. */
export function openWorld(options: WorldOptions, terminal: Terminal): World {
  return createDiskWorld({
    output: options.output ?? '',
    dryRun: options.dryRun ?? false,
    extensions: parsers
      .filter(({ id, onlyWhenNamed }: Parser) => onlyWhenNamed !== true || id === options.from)
      .flatMap(({ extensions }: Parser) => extensions),
    ...(options.maxSize !== undefined && { maxBytes: options.maxSize * megabyte }),
    ...(terminal.progress && { progress: terminal.progress.tell }),
  })
}
