import { releaseName } from '../../attack/attack-index.js'
import { isOwn } from '../../coverage/cover-against.js'
import { listUses } from '../../coverage/against-table.js'
import { compareIds } from '../../model/text.js'
import { type ReportBuilder, techniqueIndex } from './report-builder.js'
import type { ReportAdversary, ReportMatrix } from './report-data.js'

/** The adversaries of the run, with the techniques that they use; none if no matrix is of the domain of their bundle. */
export function buildAdversaries(builder: ReportBuilder, matrices: readonly ReportMatrix[]): readonly ReportAdversary[] {
  const { context: { against }, clean, textIndex } = builder
  const matrix = matrices.find(({ domain }) => domain === against?.release.domain)
  if (!against || !matrix) return []
  const { release } = against
  return against.adversaries.map(({ id, name, kind, aliases, techniques }) => {
    const used = Array.from(techniques, ([technique, use]) => ({ id: technique, use }))
      .toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || compareIds(a.id, b.id))
    return {
      id, kind,
      name: clean(name),
      aliases: aliases.map(clean),
      from: releaseName(release),
      techniques: used.map((technique) => techniqueIndex(builder, technique, matrix)),
      own: used.filter(isOwn).length,
      uses: used.map(({ use }) => listUses(use).map(textIndex)),
    }
  })
}
