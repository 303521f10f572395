import type { Mapping } from '../../model/mapping.js'
import type { RowInBundle } from './drafts.js'

/**
 * What rows say, for people: platforms keep the description when they drop everything else. One block for each row; the
 * set's title stands first where rows of several sets come together.
 */
export function describeRows(rows: readonly RowInBundle<Mapping>[]): string {
  const several = new Set(rows.map(({ from }) => from.groupingId)).size > 1
  return rows.map(({ from, row }) => {
    const head = [...(several ? [from.title] : []), ...listFacts(row, from.set.relations.get(row.relation ?? '')?.name)]
    // One line: Markdown, which platforms show descriptions as, joins lines anyway.
    const blocks = [head.map((fact) => `${fact}.`).join(' '), row.comments, listReferences(row)]
    return blocks.filter((block) => block !== undefined && block !== '').join('\n\n')
  }).filter((block) => block !== '').join('\n\n')
}

function listFacts(row: Mapping, relation: string | undefined): readonly string[] {
  const { score, status } = row
  const scored = [score?.category, score?.value].filter((part) => part !== undefined).join(' ')
  return [
    ...(row.relation === undefined ? [] : [`Mapping type: ${relation ?? row.relation}`]),
    ...(scored === '' ? [] : [`Score: ${scored}`]),
    ...(score?.related === undefined ? [] : [`Related score: ${score.related}`]),
    ...(status === undefined || status === 'complete' ? [] : [`Status: ${status}`]),
  ]
}

function listReferences({ references }: Mapping): string | undefined {
  return references && ['References:', ...references.map((reference) => `- ${reference}`)].join('\n')
}
