import { type AttackReleaseView, type AttackTactic, techniquePage } from '../../attack/attack-index.js'
import type { TechniqueCoverage } from '../../coverage/coverage.js'

/** What a workbook says of a technique, whatever the set. */
export interface TechniqueTexts {
  readonly name: string
  /** Its name, and below it its id. */
  readonly label: string
  /** Its page at MITRE; undefined if its id is malformed. */
  readonly page: string | undefined
}

/** The texts of releases, by their lists of tactics, which all views of a release share: many sets of a run are about the same few. */
const releases = new WeakMap<readonly AttackTactic[], Map<string, TechniqueTexts>>()

/** Gives the texts of techniques. Those of a release are made once, so that their hashes and addresses are, too. */
export function createTechniqueTexts({ tactics }: AttackReleaseView): (technique: TechniqueCoverage) => TechniqueTexts {
  const known = releases.get(tactics) ?? new Map<string, TechniqueTexts>()
  releases.set(tactics, known)
  return ({ id, name }) => {
    const found = known.get(id)
    // Sets together may have a technique of another release, by another name.
    if (found?.name === name) return found
    const made = { name, label: `${name}\n${id}`, page: techniquePage(id) }
    known.set(id, made)
    return made
  }
}
