import type { ResolvedSet } from './mapping-set.js'

const longestPart = 80

/**
 * The name that a set's artefacts start with, in CTID's style: `aws-12.12.2024_attack-16.1-enterprise`. Slashes become
 * dots; whatever else is not a letter, digit, dot, dash or underscore becomes an underscore, so that no text of a
 * document can leave the output folder.
 */
export function artifactBaseName(set: ResolvedSet): string {
  const framework = [set.framework.id, set.framework.version].filter((part) => part !== undefined).join('-')
  const attack = ['attack', set.attack.version, set.attack.domain].filter((part) => part !== undefined).join('-')
  return `${safePart(framework)}_${safePart(attack)}`
}

function safePart(text: string): string {
  const safe = text
    .replaceAll(/[/\\]/g, '.')
    .replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
    .slice(0, longestPart)
  // A leading dot would hide the file, or climb.
  return safe.startsWith('.') ? `_${safe.slice(1)}` : safe
}
