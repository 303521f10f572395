import { describe, expect, it } from 'vitest'
import { joinPieces, renderArtifact } from '../../../src/emitters/artifact-parts.js'
import type { Artifact, ArtifactPiece } from '../../../src/emitters/emitter.js'
import { json } from '../../../src/emitters/json/json.js'
import { resolveOptionValues } from '../../../src/emitters/emitter.js'
import { stix } from '../../../src/emitters/stix/stix.js'
import type { ResolvedSet } from '../../../src/model/mapping-set.js'
import { emitContext } from '../../support/emit-context.js'
import { sampleSet } from '../../support/sample-sets.js'

const sample = sampleSet()
/** More rows than a piece has. */
const many: ResolvedSet = { ...sample, mappings: Array.from({ length: 90 }, () => sample.mappings).flat() }
const empty: ResolvedSet = { ...sample, mappings: [] }
const [firstRow] = sample.mappings
const wide: ResolvedSet = { ...sample, mappings: firstRow ? [{ ...firstRow, comments: 'é€𝟙'.repeat(400_000) }, ...sample.mappings] : [] }

const cases: readonly (readonly [string, readonly ResolvedSet[]])[] = [
  ['one set', [sample]], ['a set without rows', [empty]], ['many rows', [many]], ['several sets', [many, empty, sample]],
  ['more text than a block of bytes', [wide]], ['no set', []],
]

async function emitJson(sets: readonly ResolvedSet[]): Promise<Artifact> {
  const [artifact] = await json.emit(sets, emitContext(), {})
  if (!artifact) throw new Error('nothing was emitted')
  return artifact
}

async function emitStix(sets: readonly ResolvedSet[]): Promise<Artifact> {
  const options = resolveOptionValues(stix.options, {})
  const [artifact] = await stix.emit(sets, emitContext(), { 'stix-profile': 'tip', 'stix-grouping': true, 'tlp': 'clear', 'tlp-version': '1', ...options })
  if (!artifact) throw new Error('nothing was emitted')
  return artifact
}

function piecesOf({ parts }: Artifact): readonly ArtifactPiece[] {
  return [...parts?.pieces() ?? []]
}

describe('an artifact in pieces', () => {
  it.each(cases)('is the text of its value, indented as a whole: %s', async (_name, sets) => {
    const artifact = await emitJson(sets)
    const text = new TextDecoder().decode(await artifact.render())
    expect(text === `${JSON.stringify(artifact.value, null, 4)}\n`).toBe(true)
  })

  it.each(cases.slice(0, 5))('is one line for each object of a bundle: %s', async (_name, sets) => {
    const artifact = await emitStix(sets)
    const text = new TextDecoder().decode(await artifact.render())
    const bundle: unknown = JSON.parse(text)
    expect(bundle).toEqual(JSON.parse(JSON.stringify(artifact.value)))
    expect(text.split('\n')).toHaveLength(piecesOf(artifact).length + 1)
  })

  it('is the same at every call, and each item is in one piece', async () => {
    for (const artifact of [await emitJson([many]), await emitStix([many])]) {
      expect(piecesOf(artifact)).toEqual(piecesOf(artifact))
    }
    expect(piecesOf(await emitJson([many])).flatMap(({ items }) => items)).toHaveLength(many.mappings.length)
    expect(piecesOf(await emitStix([many])).flatMap(({ items }) => items)).toHaveLength((await emitStix([many])).counts['objects'] ?? 0)
  })
})

describe('validating while rendering', () => {
  it('returns the bytes of a valid artifact', async () => {
    const artifact = await emitJson([many])
    expect(await renderArtifact(artifact)).toEqual({ bytes: await artifact.render() })
  })

  it('returns the error of an invalid item, by its place in the whole, and no bytes', async () => {
    const artifact = await emitJson([sample])
    const rows = [{ mapping_type: 'a' }, { mapping_type: 7 }]
    const { head } = artifact.parts ?? {}
    const pieces = (): readonly ArtifactPiece[] => [{ items: rows, text: '' }]
    const broken: Artifact = { ...artifact, value: { ...Object(head), mapping_objects: rows }, parts: { head, pieces } }
    const { error } = await renderArtifact(broken)
    expect(error?.instancePath).toMatch(/^\/mapping_objects\/[01]/)
  })

  it('returns the error of an invalid head', async () => {
    const artifact = await emitStix([sample])
    const { id: _id, ...value }: Record<string, unknown> = { ...Object(artifact.value) }
    const broken: Artifact = { ...artifact, value, parts: { head: value, pieces: artifact.parts?.pieces ?? (() => []) } }
    expect((await renderArtifact(broken)).error?.message).toContain("'id'")
  })

  it('joins pieces of any length', () => {
    const texts = ['a', 'é'.repeat(700_000), '', '𝟙'.repeat(600_000), 'z']
    const bytes = joinPieces({ head: {}, pieces: () => texts.map((text) => ({ items: [], text })) })
    expect(new TextDecoder().decode(bytes) === texts.join('')).toBe(true)
  })
})
