import type { EmitContext } from '../emitter.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { LineDraft } from './read-me-sheet.js'

const notStated = 'not stated'

/** What a set says of itself, and what made the workbook. What no document states is said to be so. */
export function aboutLines(set: ResolvedSet, context: EmitContext): readonly LineDraft[] {
  const { framework, attack, about } = set
  const release = context.attack.release(attack.domain, attack.version)
  const lookedUp =
    release.match === 'exact'
      ? release.version
      : `${release.version} (${attack.version === undefined ? 'none is stated' : 'the stated one is not known'})`
  const created =
    about.created ?? (context.created === undefined ? notStated : `${context.created} (supplied when the workbook was made)`)
  return [
    ['line', 'Framework', framework.name],
    ['line', 'Framework id', framework.id],
    ['line', 'Framework version', framework.version ?? notStated],
    ...(about.versionSchema === undefined ? [] : [['line', 'How the framework counts versions', about.versionSchema] as const]),
    ['line', 'ATT&CK domain', attack.domain],
    ['line', 'ATT&CK version', attack.version ?? notStated],
    ['line', 'ATT&CK version looked up', lookedUp],
    ['line', 'Mapping version', about.mappingVersion ?? notStated],
    ['line', 'Author', about.name ?? notStated],
    ['line', 'Contact', about.contact ?? notStated],
    ['line', 'Organisation', about.organization ?? notStated],
    ['line', 'Created', created],
    ['line', 'Last updated', about.modified ?? notStated],
    ['line', 'Made by', `${context.tool.name} ${context.tool.version}`],
  ]
}
