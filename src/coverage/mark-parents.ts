import type { TechniqueCoverage } from './coverage.js'

/** Says of each technique whether it is covered through its sub-techniques only: what is mapped to them is not mapped to it. */
export function markParents(techniques: readonly TechniqueCoverage[]): readonly TechniqueCoverage[] {
  const parents = new Set(techniques.filter(({ isSubTechnique, state }) => isSubTechnique && state === 'mapped')
    .map(({ id }) => id.split('.')[0]))
  return techniques.map((technique) => {
    const onlyThroughSubTechniques = technique.state !== 'mapped' && parents.has(technique.id)
    return { ...technique, onlyThroughSubTechniques }
  })
}
