import { attackDomains } from '../attack/attack-domains.js'
import type { AttackIndex, AttackReleaseView, AttackTechnique } from '../attack/attack-index.js'
import type { Code } from '../diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../diagnostics/diagnostic.js'
import type { TreeValue } from '../formats/decoded.js'
import { foreignDomains } from '../rules/check/foreign-domains.js'
import { lackedParent } from '../rules/check/lacked-parent.js'
import { fieldOf, itemsOf, textOf } from './tree-fields.js'
import type { ValidationContext } from './validator.js'

type ReportAt = ValidationContext['reportAt']

/** What Navigator skips in silence: techniques that are not active in the layer's ATT&CK release, and wrong tactics. */
export function checkLayerTechniques(layer: TreeValue, pointer: string, { attack, reportAt }: ValidationContext): void {
  const stated = textOf(layer, 'domain')?.replace(/^mitre-/, '').replace(/-attack$/, '')
  const domain = attackDomains.find((name) => name === stated)
  if (domain === undefined) return
  const asked = textOf(fieldOf(layer, 'versions'), 'attack')
  const release = attack.release(domain, asked)
  if (release.match === 'newest') {
    const trouble = asked === undefined ? 'is not stated' : `${asked} is not at hand`
    reportAt(`${pointer}/versions`, 'check/release-assumed', {
      message: `The layer's ATT&CK release ${trouble}; ${release.version} was used for lookups`,
    })
  }
  for (const [index, entry] of itemsOf(layer, 'techniques').entries()) {
    checkTechnique(entry, `${pointer}/techniques/${index}`, release, attack, reportAt)
  }
}

function checkTechnique(
  entry: TreeValue,
  pointer: string,
  release: AttackReleaseView,
  attack: AttackIndex,
  reportAt: ReportAt,
): void {
  const id = textOf(entry, 'techniqueID')
  if (id === undefined) {
    const found = JSON.stringify(fieldOf(entry, 'techniqueID')) ?? 'none'
    reportAt(pointer, 'verify/meaning', { message: 'An entry names no technique; Navigator shows nothing for it', found })
    return
  }
  const technique = release.technique(id)
  const where = `ATT&CK ${release.version} ${release.domain}`
  if (!technique) {
    reportAt(`${pointer}/techniqueID`, ...explainAbsence(id, release, attack))
  } else if (technique.status === 'active') checkTactic(entry, pointer, technique, reportAt)
  else {
    reportAt(`${pointer}/techniqueID`, `check/${technique.status}-technique`, {
      message: `${id} is ${technique.status} in ${where}; Navigator skips it`,
      found: id,
      ...(technique.successor !== undefined && { hint: `ATT&CK replaced it by ${technique.successor}` }),
    })
  }
}

/** The same distinctions as those of the rules for rows. */
function explainAbsence(id: string, release: AttackReleaseView, attack: AttackIndex): readonly [Code, DiagnosticDetails] {
  const where = `ATT&CK ${release.version} ${release.domain}`
  const reference = { id, release }
  const foreign = foreignDomains(reference, attack)
  if (foreign.length > 0) {
    return ['check/wrong-domain', { message: `${id} is a technique of the domain ${foreign.join(' and ')}; Navigator skips it`, found: id }]
  }
  const parent = lackedParent(reference, attack)
  if (parent !== undefined) {
    const message = `${id} is no sub-technique: ${where} has no ${parent}; Navigator skips it`
    return ['check/parent-unknown', { message, found: id }]
  }
  return ['check/unknown-technique', { message: `${where} has no ${id}; Navigator skips it`, found: id }]
}

function checkTactic(entry: TreeValue, pointer: string, technique: AttackTechnique, reportAt: ReportAt): void {
  const tactic = textOf(entry, 'tactic')
  if (tactic === undefined || technique.tactics.includes(tactic)) return
  reportAt(`${pointer}/tactic`, 'verify/doubtful', {
    message: `${technique.id} does not stand under the tactic ${tactic}; Navigator shows nothing`,
    found: tactic,
    expected: technique.tactics.join(' or '),
  })
}
