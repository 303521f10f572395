import type { AttackRelease } from '../../attack/attack-release.js'

/**
 * Whether a release may be kept for later runs. One without tactics is a bundle that merely refers to techniques, as our own do:
 * it would hide the release that it names. Undefined when it may; else a sentence that follows the file's name.
 */
export function judgeRelease({ tactics }: AttackRelease): string | undefined {
  return tactics.length === 0 ? 'holds no ATT&CK tactics: it is no release of ATT&CK' : undefined
}
