import type { ResolvedSet } from '../../model/mapping-set.js'
import type { EmitContext } from '../emitter.js'

const notStated = 'not stated'

/** A fact, and what it is about. */
export type Fact = readonly [label: string, value: string]

/** What a set says of itself, and what made the artefact ("workbook"). What no document states is said to be so. */
export function aboutFacts(set: ResolvedSet, context: EmitContext, artefact: string): readonly Fact[] {
  const { framework, attack, about } = set
  const release = context.attack.release(attack.domain, attack.version)
  const why = attack.version === undefined ? 'none is stated' : 'the stated one is not known'
  const lookedUp = release.match === 'exact' ? release.version : `${release.version} (${why})`
  const created = context.created === undefined ? notStated : `${context.created} (supplied when the ${artefact} was made)`
  return [
    ['Framework', framework.name],
    ['Framework id', framework.id],
    ['Framework version', framework.version ?? notStated],
    ...(about.versionSchema === undefined ? [] : [['How the framework counts versions', about.versionSchema] as const]),
    ['ATT&CK domain', attack.domain],
    ['ATT&CK version', attack.version ?? notStated],
    ['ATT&CK version looked up', lookedUp],
    ['Mapping version', about.mappingVersion ?? notStated],
    ['Author', about.name ?? notStated],
    ['Contact', about.contact ?? notStated],
    ['Organisation', about.organization ?? notStated],
    ['Created', about.created ?? created],
    ['Last updated', about.modified ?? notStated],
    ['Made by', `${context.tool.name} ${context.tool.version}`],
  ]
}
