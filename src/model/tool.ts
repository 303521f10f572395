import manifest from '../../package.json' with { type: 'json' }

/** Name and version of the tool, as written into artifacts. */
export const tool = { name: 'attack-crosswalk', version: manifest.version } as const
