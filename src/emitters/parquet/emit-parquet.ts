import { artifactBaseName, type ResolvedSet } from '../../model/mapping-set.js'
import type { SchemaId } from '../../schemas/schema-errors.js'
import { joinPieces } from '../artifact-parts.js'
import type { Artifact, ArtifactParts, EmitContext } from '../emitter.js'
import { capabilitiesBeyondRows, countSets } from '../table/set-facts.js'
import { dateOf, listMappingRows, mappingColumns } from './mapping-rows.js'
import type { ParquetRow } from './parquet-column.js'
import type { ParquetOptions } from './parquet.js'
import { listReleases, listTechniqueRows, techniqueColumns } from './technique-rows.js'
import { type ParquetFacts, writeParquet } from './write-parquet.js'

/** Writes a table of all rows of all sets and, with `parquet-techniques`, one of the techniques of their ATT&CK releases. */
export function emitParquet(sets: readonly ResolvedSet[], context: EmitContext, options: ParquetOptions): readonly Artifact[] {
  const { attack, created, tool, baseName } = context
  reportLosses(sets, context)
  const { rows, mapped, unmappedCapabilities, unmappedTechniques } = countSets(sets)
  const mappings = createArtifact({
    name: `${baseName}.parquet`,
    schema: 'parquet-mappings',
    counts: { rows, mapped, unmappedCapabilities, unmappedTechniques },
    rows: () => listMappingRows(sets, attack, created),
    facts: { columns: mappingColumns, tool, metadata: { tool, sets: sets.map((set) => describeSet(set, context)) } },
  })
  if (!options['parquet-techniques']) return [mappings]
  const releases = listReleases(sets, attack)
  return [mappings, createArtifact({
    name: `${baseName}.techniques.parquet`,
    schema: 'parquet-techniques',
    counts: { techniques: releases.reduce((sum, release) => sum + release.techniques().length, 0) },
    rows: () => listTechniqueRows(releases),
    facts: {
      columns: techniqueColumns, tool,
      metadata: { tool, releases: releases.map(({ domain, version, lacks }) => ({ domain, version, ...(lacks && { lacks }) })) },
    },
  })]
}

interface TableDraft {
  readonly name: string
  readonly schema: SchemaId
  readonly counts: Artifact['counts']
  /** The same rows at every call. */
  readonly rows: () => Iterable<ParquetRow>
  readonly facts: ParquetFacts
}

function createArtifact({ name, schema, counts, rows, facts }: TableDraft): Artifact {
  const parts: ArtifactParts = { head: [], pieces: () => writeParquet(rows(), facts) }
  return { name, emitter: 'parquet', schema, counts, get value() { return [...rows()] }, render: () => joinPieces(parts), parts }
}

/** Facts about a set that are in no row. */
function describeSet(set: ResolvedSet, { attack }: EmitContext): object {
  const { version, match } = attack.release(set.attack.domain, set.attack.version)
  return {
    mapping_set: artifactBaseName(set),
    framework: set.framework,
    attack: set.attack,
    looked_up_in: { version, match },
    about: set.about,
    relations: [...set.relations.values()],
    groups: [...set.groups.values()],
    capabilities: capabilitiesBeyondRows(set),
    sources: set.sources,
  }
}

function reportLosses(sets: readonly ResolvedSet[], { report, created }: EmitContext): void {
  const completed = sets.reduce((sum, { mappings }) => sum + mappings.filter((row) => row.completed !== undefined).length, 0)
  if (completed > 0) report('emit/not-representable', { message: 'Parquet: from where fields were completed has no column', count: completed })
  const dates = sets.flatMap(({ about }) => [about.created ?? created, about.modified]).filter((date) => date !== undefined && dateOf(date) === undefined)
  if (dates.length > 0) {
    report('emit/not-representable', { message: 'Parquet: dates that are not in the calendar are left out of the rows', count: dates.length, found: dates[0] ?? '' })
  }
}
