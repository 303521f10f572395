import path from 'node:path'
import { countNoun } from '../diagnostics/counts-in-words.js'
import type { Emitter } from '../emitters/emitter.js'
import { emitters } from '../emitters/registry.js'
import type { ManifestArtifact } from '../pipeline/manifest.js'
import type { ConvertReport, Shard } from '../pipeline/requests.js'
import { isMain } from './single-output.js'
import { describeCounts, formatSize, renderFiles } from './terminal.js'

/** What a run made, and where. */
export interface RunResult extends Pick<ConvertReport, 'attack' | 'documents' | 'sets' | 'artifacts'> {
  /** The folder, or the file of a run that wrote a single one. */
  readonly output: string
  readonly isFile?: boolean
  readonly dryRun?: boolean
}

/** Artifacts in the output folder, with their formats, sizes and counts. */
export function renderArtifacts(artifacts: readonly ManifestArtifact[], output: string): string {
  return renderFiles(artifacts.map(({ name, size, emitter, counts }) =>
    [path.join(output, name), emitter, formatSize(size), describeCounts(counts)]), new Set([2]))
}

/** The answer to "what came of it?", at most ten lines: what was read, how much of ATT&CK it covers, and the file to open. */
export async function summariseRun(run: RunResult): Promise<string> {
  const { documents, sets, artifacts } = run
  const rows = sets.reduce((sum, { set }) => sum + set.mappings.length, 0)
  const capabilities = new Set(sets.flatMap(({ set }) => [...set.capabilities.keys()].map((id) => `${set.framework.id} ${id}`)))
  const read = [countNoun(sets.length, 'mapping set'), countNoun(rows, 'row'), countNoun(capabilities.size, 'capability')].join(', ')
  // Messages say why nothing was read.
  if (documents.length === 0) return ''
  const lines = [
    `Read ${countNoun(documents.length, 'document')}: ${read}`,
    ...(sets.length > 0 ? await coverageLines(run) : []),
    ...(artifacts.length > 0 ? outputLines(run) : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** "Shard 2 of 8: wrote 12 artifacts to shards/2"; all shards together say what `summariseRun` does, so that none does. */
export function describeShard({ nth, of }: Shard, { artifacts, output, dryRun }: Pick<RunResult, 'artifacts' | 'output' | 'dryRun'>): string {
  const wrote = dryRun === true ? 'would write' : 'wrote'
  return `Shard ${nth} of ${of}: ${wrote} ${countNoun(artifacts.length, 'artifact')} to ${output}${dryRun === true ? ' (dry run)' : ''}\n`
}

/** "Merged 8 shards", and what came of it; '' if nothing did, which messages explain. */
export function describeMerge({ shards, ...run }: Pick<RunResult, 'artifacts' | 'output' | 'dryRun'> & { readonly shards: number }): string {
  if (run.artifacts.length === 0) return ''
  return [`Merged ${countNoun(shards, 'shard')}`, ...outputLines({ ...run, sets: [] })].map((line) => `${line}\n`).join('')
}

/** "Enterprise ATT&CK 18.1: 24 of 691 techniques are mapped (3 %)", one for each domain. */
async function coverageLines({ sets, attack }: RunResult): Promise<readonly string[]> {
  const [{ coverSet, labelSets }, { uniteCoverage }, { compareVersions, domainNames }] = await Promise.all([
    import('../coverage/cover-set.js'), import('../coverage/unite-coverage.js'), import('../attack/attack-index.js'),
  ])
  const covered = labelSets(sets).map((labelled) => coverSet(labelled, attack))
  const unions = uniteCoverage(covered)
  const scopes = [...unions, ...covered.filter(({ domain }) => !unions.some((union) => union.domain === domain))]
  return scopes.map((scope) => {
    const { domain, techniques } = scope
    const mapped = techniques.filter(({ state }) => state === 'mapped').length
    // All sets of a domain together are counted against the techniques of all their releases.
    const releases = 'of' in scope ? scope.of.map(({ release }) => release.version) : [scope.release.version]
    const title = `${domainNames[domain]} ATT&CK ${[...new Set(releases)].toSorted(compareVersions).join(', ')}`
    return `${title}: ${mapped} of ${countNoun(techniques.length, 'technique')} mapped${describeShare(mapped, techniques.length)}`
  })
}

function describeShare(part: number, whole: number): string {
  if (part === 0 || whole === 0) return ''
  const percent = (100 * part) / whole
  return percent < 1 ? ' (less than 1 %)' : ` (${Math.floor(percent)} %)`
}

/** Formats by how well they answer a first look. */
const readable = ['html', 'xlsx', 'markdown', 'svg', 'png', 'csv', 'navigator', 'stix']

/** "Wrote 6 artifacts to output; open output/aws.html". */
function outputLines({ artifacts, output, isFile, dryRun, sets }: Omit<RunResult, 'attack' | 'documents'>): readonly string[] {
  const [wrote, to] = dryRun === true ? ['Would write', ' (dry run)'] : ['Wrote', '']
  if (isFile === true) return output === '-' ? [] : [`${wrote} ${output}${to}`]
  const best = readable.find((id) => artifacts.some(({ emitter }) => emitter === id)) ?? artifacts[0]?.emitter
  const found = artifacts.filter((artifact) => artifact.emitter === best && isMain(artifact))
  const [first, ...others] = found.toSorted((a, b) => Number(isCombined(b)) - Number(isCombined(a)) || rowsOf(b) - rowsOf(a))
  const more = sets.length > 1 && first && !isCombined(first) ? others.length : 0
  const lines = [`${wrote} ${countNoun(artifacts.length, 'artifact')} to ${output}${to}`]
  if (dryRun === true || !first) return lines
  const hint = more > 0 ? ` (and ${more} more; --combine makes one of all)` : ''
  return [...lines, `Open ${path.join(output, first.name)}${hint}`]
}

function rowsOf({ counts }: ManifestArtifact): number {
  return counts['rows'] ?? 0
}

function isCombined({ name }: ManifestArtifact): boolean {
  return /^all(?:_\d+)?\./.test(name)
}

/** What `--to all` leaves out, if the chosen formats are those; undefined otherwise. */
export function describeLeftOut(chosen: readonly string[]): string | undefined {
  const all: readonly Emitter[] = emitters
  const left = all.filter(({ onlyWhenNamed }) => onlyWhenNamed === true).map(({ id }) => id)
  const isAll = all.every(({ id }) => chosen.includes(id) !== left.includes(id))
  return isAll && left.length > 0 ? `--to all leaves out ${left.join(', ')}, which is slow: --to all,${left.join(',')}` : undefined
}
