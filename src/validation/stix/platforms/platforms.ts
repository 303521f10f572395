import type { Platform } from '../bundle-graph.js'
import { misp } from './misp.js'
import { opencti } from './opencti.js'

/** The platforms that `--for` accepts. */
export const platforms = [opencti, misp] as const satisfies readonly Platform[]

export type PlatformId = (typeof platforms)[number]['id']

/** A platform by its id. */
export function findPlatform(id: PlatformId): Platform | undefined {
  return platforms.find((platform) => platform.id === id)
}
