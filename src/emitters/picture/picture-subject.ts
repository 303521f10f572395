import type { Coverage, SetCoverage } from '../../coverage/coverage.js'
import { countCoverage } from '../../coverage/count-coverage.js'
import { countNoun } from '../../diagnostics/count-noun.js'
import type { EmitContext } from '../emitter.js'
import { attackTitle, frameworkTitle } from '../table/set-title.js'
import type { TextCleaner } from './clean-text.js'

/** What a picture is of: the coverage of one or more sets of one domain, and what is said around it. */
export interface PictureSubject {
  readonly coverage: Coverage
  readonly title: string
  /** Beside one another below the title; the first says what the matrix is. */
  readonly facts: readonly string[]
  /** At the foot, after what is not shown. */
  readonly notes: readonly string[]
}

/** More names than these make no title. */
const mostNamed = 3

/** Says what a picture of sets shows. `coverage` is that of all of them together. */
export function describeSubject(
  of: readonly SetCoverage[], coverage: Coverage & Pick<SetCoverage, 'release'>,
  { created, tool }: EmitContext, { clean }: TextCleaner,
): PictureSubject {
  const { all, techniques, subTechniques } = countCoverage(coverage.techniques)
  const rows = of.reduce((sum, { countedRows }) => sum + countedRows.length, 0)
  const capabilities = of.reduce((sum, { countedRows }) =>
    sum + new Set(countedRows.map(({ capability }) => capability.id)).size, 0)
  const date = newest(of.flatMap(({ set: { about } }) => about.modified ?? about.created ?? created ?? []))
  const outside = new Set(of.flatMap((one) => one.outside.map(({ id }) => id))).size
  const names = of.map(({ set }) => clean(frameworkTitle(set)))
  return {
    coverage,
    title: names.length > mostNamed ? `${of.length} mapping sets together` : names.join(', '),
    facts: [
      `Mapped to ${clean(attackTitle({ attack: coverage.release }))}${tellStated(of, coverage.release.version, clean)}`,
      [
        `${countNoun(techniques.mapped, 'technique')} of ${techniques.attack}`,
        ...(subTechniques.attack > 0 ? [`${countNoun(subTechniques.mapped, 'sub-technique')} of ${subTechniques.attack}`] : []),
      ].join(' and '),
      `${countNoun(rows, 'mapping')} of ${countNoun(capabilities, 'capability')}`,
      ...(date === undefined ? [] : [`as of ${clean(date)}`]),
      ...(names.length > mostNamed ? [[...new Set(of.map(({ set }) => clean(set.framework.name)))].join(', ')] : []),
    ],
    notes: [
      ...(outside > 0 ? [`${countNoun(outside, 'technique')} of the mappings not active in this release`] : []),
      ...(all.attack === 0 ? ['no techniques are known'] : []),
      `${tool.name} ${tool.version}`,
    ],
  }
}

/** Where a set states another release than the one shown, both are told. */
function tellStated(of: readonly SetCoverage[], shown: string, clean: TextCleaner['clean']): string {
  const stated = new Set(of.map(({ set }) => set.attack.version ?? ''))
  if (stated.size === 1 && stated.has(shown)) return ''
  const versions = [...stated].filter((version) => version !== '').map(clean)
  return versions.length === 0 ? ' (release not stated)' : ` (stated: ${versions.join(', ')})`
}

function newest(dates: readonly string[]): string | undefined {
  return dates.toSorted().at(-1)
}
