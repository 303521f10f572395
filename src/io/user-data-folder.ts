import { homedir } from 'node:os'
import path from 'node:path'

/** What decides about the folder. */
export interface DataSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** As node names it: "linux", "darwin", "win32". */
  readonly platform: string
  readonly home: string
}

/**
 * The folder that holds what a user adds. CROSSWALK_DATA wins; else `crosswalk` in the platform's place for data of programs:
 * XDG_DATA_HOME or ~/.local/share (XDG Base Directory Specification 0.8; relative paths are to be ignored), macOS's
 * ~/Library/Application Support, Windows' %LOCALAPPDATA%.
 */
export function userDataFolder(surroundings: DataSurroundings = processSurroundings()): string {
  const { env, platform, home } = surroundings
  const stated = env['CROSSWALK_DATA'] ?? ''
  return stated === '' ? path.join(platformFolder(env, platform, home), 'crosswalk') : path.resolve(stated)
}

function platformFolder(env: DataSurroundings['env'], platform: string, home: string): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  if (platform === 'win32') return absolute(env['LOCALAPPDATA']) ?? path.join(home, 'AppData', 'Local')
  return absolute(env['XDG_DATA_HOME']) ?? path.join(home, '.local', 'share')
}

function absolute(folder = ''): string | undefined {
  return path.isAbsolute(folder) ? folder : undefined
}

function processSurroundings(): DataSurroundings {
  return { env: process.env, platform: process.platform, home: homedir() }
}
