import { describe, expect, it } from 'vitest'
import { encodeLine, InvalidArtifactError, joinPieces, renderArtifact } from '../../../src/emitters/artifact-parts.js'
import type { Artifact, ArtifactPiece } from '../../../src/emitters/emitter.js'
import { json } from '../../../src/emitters/json/json.js'
import { resolveOptionValues } from '../../../src/emitters/emitter.js'
import { stix } from '../../../src/emitters/stix/stix.js'
import type { ResolvedSet } from '../../../src/model/mapping-set.js'
import { collectContent } from '../../../src/pipeline/host.js'
import { emitContext } from '../../support/emit-context.js'
import { sampleSet } from '../../support/sample-sets.js'
import { createSet, mapped } from '../../support/small-set.js'

const sample = sampleSet()
/** More rows than a piece has. */
const many: ResolvedSet = { ...sample, mappings: Array.from({ length: 90 }, () => sample.mappings).flat() }
/** Also more than a piece of a grouping has. */
const large: ResolvedSet = { ...sample, mappings: Array.from({ length: 500 }, () => sample.mappings).flat() }
/** Its grouping has more references than a piece, in many pieces. */
const referring = createSet({ rows: Array.from({ length: 1100 }, (_, index) => mapped(`EX-${index % 1050}`, index % 2 === 0 ? 'T1190' : 'T1066')) })
const empty: ResolvedSet = { ...sample, mappings: [] }
const [firstRow] = sample.mappings
const wide: ResolvedSet = { ...sample, mappings: firstRow ? [{ ...firstRow, comments: 'é€𝟙'.repeat(400_000) }, ...sample.mappings] : [] }

const cases: readonly (readonly [string, readonly ResolvedSet[]])[] = [
  ['one set', [sample]], ['a set without rows', [empty]], ['many rows', [many]], ['several sets', [many, empty, sample]],
  ['thousands of rows', [large]], ['thousands of references', [referring, sample]], ['more text than a block of bytes', [wide]], ['no set', []],
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

/** The chunks of an artifact, and the error that ends them. */
async function drain(artifact: Artifact): Promise<{ readonly chunks: readonly Uint8Array[]; readonly cause?: unknown }> {
  const chunks: Uint8Array[] = []
  try {
    const content = await renderArtifact(artifact)
    if (content instanceof Uint8Array) return { chunks: [content] }
    for await (const chunk of content) chunks.push(chunk)
    return { chunks }
  } catch (cause) {
    return { chunks, cause }
  }
}

describe('an artifact in pieces', () => {
  it.each(cases)('is the text of its value, indented as a whole: %s', async (_name, sets) => {
    const artifact = await emitJson(sets)
    const text = new TextDecoder().decode(await artifact.render())
    expect(text === `${JSON.stringify(artifact.value, null, 4)}\n`).toBe(true)
  })

  it.each(cases.slice(0, 7))('is one line for each object of a bundle: %s', async (_name, sets) => {
    const artifact = await emitStix(sets)
    const text = new TextDecoder().decode(await artifact.render())
    const bundle: unknown = JSON.parse(text)
    expect(bundle).toEqual(JSON.parse(JSON.stringify(artifact.value)))
    expect(text.split('\n')).toHaveLength((artifact.counts['objects'] ?? 0) + 3)
  })

  it('is the same at every call, and each item is in one piece', async () => {
    for (const artifact of [await emitJson([many]), await emitStix([many])]) {
      expect(piecesOf(artifact)).toEqual(piecesOf(artifact))
    }
    expect(piecesOf(await emitJson([many])).flatMap(({ items }) => items)).toHaveLength(many.mappings.length)
    // Of a grouping's lists, each item is in one.
    const groupings = piecesOf(await emitStix([large, many])).flatMap(({ items }) => items).filter((item) => Object(item)['type'] === 'grouping')
    expect(groupings.map((item) => Object.values<{ row_places: object }>(Object(item)['extensions'])[0]?.row_places))
      .toEqual([...Array.from({ length: 31 }, () => 80), 20, 80, 80, 80, 80, 80, 50].map((length) => expect.objectContaining({ length })))
    expect(piecesOf(await emitStix([sample])).flatMap(({ items }) => items)).toHaveLength((await emitStix([sample])).counts['objects'] ?? 0)
  })
})

describe('validating while rendering', () => {
  it('makes the bytes of a valid artifact, in chunks', async () => {
    for (const artifact of [await emitJson([many]), await emitJson([wide]), await emitStix([many])]) {
      const content = await renderArtifact(artifact)
      expect(content).not.toBeInstanceOf(Uint8Array)
      expect(Buffer.compare(await collectContent(content), await artifact.render())).toBe(0)
    }
  })

  it('throws the error of an invalid item, by its place in the whole, after the chunks before it', async () => {
    const artifact = await emitJson([sample])
    const rows = [{ mapping_type: 'a' }, { mapping_type: 7 }]
    const { head } = artifact.parts ?? {}
    const [row] = piecesOf(artifact).flatMap(({ items }) => items)
    const pieces = (): readonly ArtifactPiece[] => [{ items: [row], text: 'x'.repeat(3_000_000) }, { items: rows, text: '' }]
    const broken: Artifact = { ...artifact, value: { ...Object(head), mapping_objects: rows }, parts: { head, pieces } }
    const { chunks, cause } = await drain(broken)
    expect(chunks.map((chunk) => chunk.length)).toEqual([1 << 20, 1 << 20])
    expect(cause).toBeInstanceOf(InvalidArtifactError)
    expect(cause instanceof InvalidArtifactError && cause.error.instancePath).toMatch(/^\/mapping_objects\/[01]/)
  })

  it('throws also if the whole is valid, and only an item is not', async () => {
    const artifact = await emitJson([sample])
    const parts = { head: artifact.parts?.head, pieces: (): readonly ArtifactPiece[] => [{ items: [{ mapping_type: 7 }], text: '' }] }
    expect(String((await drain({ ...artifact, parts })).cause)).toBe('InvalidArtifactError: / is invalid in a part')
  })

  it('throws if a list that is in several pieces has a text twice', async () => {
    const artifact = await emitStix([referring])
    const pieces = piecesOf(artifact)
    expect(pieces.flatMap(({ distinct }) => (distinct ? [distinct.texts.length] : []))).toEqual([...Array.from({ length: 26 }, () => 80), 22])
    const repeated = pieces.findLast(({ distinct }) => distinct)?.distinct?.texts.slice(7, 8) ?? []
    const list = pieces.find(({ distinct }) => distinct)?.distinct?.list ?? ''
    const withPiece = (piece: ArtifactPiece): Artifact => ({ ...artifact, parts: { head: artifact.parts?.head, pieces: () => [...pieces, piece] } })
    expect((await drain(withPiece({ items: [], text: '', distinct: { list, texts: repeated } }))).cause).toBeInstanceOf(InvalidArtifactError)
    expect((await drain(withPiece({ items: [], text: '', distinct: { list: 'another', texts: repeated } }))).cause).toBeUndefined()
  })

  it('throws the error of an invalid head before any chunk', async () => {
    const artifact = await emitStix([sample])
    const { id: _id, ...value }: Record<string, unknown> = { ...Object(artifact.value) }
    const broken: Artifact = { ...artifact, value, parts: { head: value, pieces: artifact.parts?.pieces ?? (() => []) } }
    const { chunks, cause } = await drain(broken)
    expect(chunks).toEqual([])
    expect(String(cause)).toContain("'id'")
  })

  it('joins pieces of any length', () => {
    const texts = ['a', 'é'.repeat(700_000), '', '𝟙'.repeat(600_000), 'z', 'a'.repeat(1 << 20), 'b'.repeat((1 << 20) - 1), `${'𝟙'.repeat(3)}${'c𝟙'.repeat(900_000)}`]
    const bytes = joinPieces({ head: {}, pieces: () => texts.map((text) => ({ items: [], text })) })
    expect(new TextDecoder().decode(bytes) === texts.join('')).toBe(true)
  })
})

describe('a text with a line end', () => {
  it.each(['', 'a', 'é', 'ééééééééé', '€'.repeat(1000), '𝟙\uD800', `${'a'.repeat(70)}${'é'.repeat(10)}`])('is encoded as UTF-8: %#', (text) => {
    expect(encodeLine(text)).toEqual(new TextEncoder().encode(`${text}\n`))
  })
})
