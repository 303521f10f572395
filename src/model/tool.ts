import manifest from '../../package.json' with { type: 'json' }

/** The tool's name and version, as artifacts state them. */
export const tool = { name: 'attack-crosswalk', version: manifest.version } as const
