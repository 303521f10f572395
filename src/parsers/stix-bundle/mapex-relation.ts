import { describeFramework } from '../../frameworks/describe-framework.js'
import { frameworks } from '../../frameworks/frameworks.js'

/** Types of STIX's own, whoever writes them: VERIS' `related_to` is one only where the framework is known to be VERIS. */
const stixTypes: ReadonlySet<string> = new Set(['related-to'])

/** Every framework's mapping types with an underscore, as mapex writes them. */
const relations: ReadonlyMap<string, string> = new Map(frameworks.flatMap((framework) => underscored(framework.relations))
  .filter(([written]) => !stixTypes.has(written)))

/** The mapping type that a relationship's type stands for in mapex's bundles: "technique-scores" is `technique_scores`. */
export function mapexRelation(type: string, frameworkId?: string): string | undefined {
  const own = frameworkId === undefined ? undefined : new Map(underscored(describeFramework(frameworkId).relations)).get(type)
  return own ?? relations.get(type)
}

function underscored(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.filter((name) => name.includes('_')).map((name) => [name.replaceAll('_', '-'), name])
}
