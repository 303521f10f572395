/** What the types of our galaxies begin with, and no type of MISP's own. */
export const galaxyTypePrefix = 'crosswalk-'

/** Whether a value of JSON means to be one of the two files of a galaxy of ours. */
export function isOwnGalaxy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('uuid' in value)) return false
  return typeof value.type === 'string' && value.type.startsWith(galaxyTypePrefix)
}
