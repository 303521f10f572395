import { frameworkByLabel } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { KnownCapability } from '../../frameworks/known-capabilities.js'
import type { TechniqueRef } from '../../model/mapping.js'

/**
 * A page heading by kind: "T1190 Exploit Public-Facing Application Mappings", "TA0002 Execution", "AWS aws_rds",
 * "NIST 800-53 Contingency Planning Capability Group", "CVE MAPPINGS". `unknown`: the heading names no known framework, or the
 * page has none.
 */
export type PageHeading =
  | { readonly kind: 'technique', readonly technique: TechniqueRef }
  | { readonly kind: 'tactic' }
  | { readonly kind: 'capability', readonly framework: Framework, readonly capability: string }
  | { readonly kind: 'group', readonly framework: Framework, readonly group: string }
  | { readonly kind: 'landing', readonly framework: Framework }
  | { readonly kind: 'unknown', readonly text: string, readonly isGroup: boolean }

const TECHNIQUE = /^T\d{4}(?:\.\d{3})?(?![^ ])/
const TACTIC = /^TA\d{4}(?![^ ])/
const GROUP_ENDING = / Capability Group$/i
const MAPPINGS_ENDING = /(?:^| )Mappings$/i

/** Reads a page heading. `more`: unknown frameworks that the page names elsewhere. */
export function readPageHeading(text: string, more: readonly Framework[] = []): PageHeading {
  const [technique] = TECHNIQUE.exec(text) ?? []
  const bare = text.replace(MAPPINGS_ENDING, '')
  if (technique !== undefined) {
    const name = bare.slice(technique.length).trim()
    return { kind: 'technique', technique: { id: technique, ...(name !== '' && { name }) } }
  }
  if (TACTIC.test(text)) return { kind: 'tactic' }
  const isGroup = GROUP_ENDING.test(text)
  const subject = bare.replace(GROUP_ENDING, '')
  const found = leadingFramework(subject, more)
  if (!found) return { kind: 'unknown', text: subject, isGroup }
  const { framework, rest } = found
  if (isGroup) return { kind: 'group', framework, group: rest }
  return rest === '' ? { kind: 'landing', framework } : { kind: 'capability', framework, capability: rest }
}

/** Maximum number of words in a framework label. */
const MOST_WORDS = 6

/** The framework whose label begins the text (the longest label wins), and the text after the label. */
function leadingFramework(text: string, more: readonly Framework[]): { framework: Framework, rest: string } | undefined {
  const words = text.split(' ')
  for (let count = Math.min(words.length, MOST_WORDS); count > 0; count -= 1) {
    const label = words.slice(0, count).join(' ')
    const framework = frameworkByLabel(label) ?? more.find((candidate) => candidate.labels.includes(label))
    if (framework) return { framework, rest: words.slice(count).join(' ') }
  }
  return undefined
}

/** Of the known capabilities with one id, the one whose framework comes first in `frameworks`. */
export function firstOwner(owners: readonly KnownCapability[]): { framework: Framework, name?: string } | undefined {
  for (const framework of frameworks) {
    const owner = owners.find((candidate) => candidate.framework === framework.id)
    if (owner) return { framework, ...(owner.name !== undefined && { name: owner.name }) }
  }
  return undefined
}
