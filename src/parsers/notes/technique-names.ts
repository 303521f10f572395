import type { AttackIndex } from '../../attack/attack-index.js'

/** Technique names of ATT&CK, to distinguish them from capability names. */
export interface TechniqueNames {
  /** Whether a text is the name of the technique in any release. */
  isNameOf(id: string, text: string): boolean
  /** The technique's name as printed directly before or after its id; undefined if it is not a name in ATT&CK. */
  beside(id: string, text: string, start: number, end: number): string | undefined
}

/** Maximum length of a name with its markup, in characters. */
const REACH = 200

/** Creates the names of an index; without one, no text is a name. */
export function createTechniqueNames(attack: AttackIndex | undefined): TechniqueNames {
  const known = new Map<string, readonly string[]>()

  function namesOf(id: string): readonly string[] {
    const key = id.toUpperCase()
    const ready = known.get(key)
    if (ready) return ready
    const own = ownNames(key)
    const parents = key.includes('.') ? ownNames(key.slice(0, 5)) : []
    const names = [...own, ...parents.flatMap((parent) => own.map((name) => `${parent}: ${name}`))]
    const longestFirst = names.toSorted((a, b) => b.length - a.length)
    known.set(key, longestFirst)
    return longestFirst
  }

  function ownNames(id: string): readonly string[] {
    return [...new Set(attack?.history(id).map(({ technique }) => technique.name.toLowerCase()))]
  }

  return {
    isNameOf: (id, text) => namesOf(id).includes(text.toLowerCase()),
    beside(id, text, start, end) {
      const names = namesOf(id)
      if (names.length === 0) return undefined
      return nameBefore(names, text.slice(Math.max(0, start - REACH), start)) ?? nameAfter(names, text.slice(end, end + REACH))
    },
  }
}

/** "PowerShell (T1059.001)", "**PowerShell** T1059.001", "[PowerShell](https://attack.mitre.org/techniques/T1059/001)". */
function nameBefore(names: readonly string[], before: string): string | undefined {
  const text = before
    .replace(/\]\(<?(?:https?:\/\/)?attack\.mitre\.org\/[^\s()]*$/i, '')
    .replace(/(?<![\s([:–—`*_|-])[\s([:–—`*_|-]{1,6}$/, '')
    .replaceAll(/\s/g, ' ')
  const folded = text.toLowerCase()
  const name = names.find((candidate) => folded.endsWith(candidate) && !/[\p{L}\p{N}]$/u.test(folded.slice(0, -candidate.length)))
  return name === undefined ? undefined : text.slice(-name.length)
}

/** "T1059.001 PowerShell", "T1059.001: PowerShell", "[T1059.001](…) (PowerShell)". */
function nameAfter(names: readonly string[], after: string): string | undefined {
  const text = after.replace(/^\]\([^\s()]*\)/, '').replace(/^[\s()\]:–—`*_|-]{1,6}/, '').replaceAll(/\s/g, ' ')
  const folded = text.toLowerCase()
  const name = names.find((candidate) => folded.startsWith(candidate) && !/^[\p{L}\p{N}]/u.test(folded.slice(candidate.length)))
  return name === undefined ? undefined : text.slice(0, name.length)
}
