import type { ErrorObject } from 'ajv'
import { itemCheck, loadHeadCheck, loadItemCheck, schemaErrors, type SchemaId } from '../schemas/schema-errors.js'
import { createIdSet, type IdSet } from '../model/id-set.js'
import { joinBytes } from '../formats/decode-characters.js'
import type { Artifact, ArtifactParts, ArtifactPiece } from './emitter.js'

/**
 * What an artifact contains: bytes, or chunks of them, made one after the other and dropped when they are written, since there may be
 * more than memory holds. Whoever gets chunks must go on with an error that making them throws, and keep nothing of the artifact.
 */
export type ArtifactContent = Uint8Array | AsyncIterable<Uint8Array>

/** An artifact does not match its own schema, which is a fault of Crosswalk. `error` is the first of its errors. */
export class InvalidArtifactError extends Error {
  override readonly name = 'InvalidArtifactError'
  readonly error: ErrorObject

  constructor(error: ErrorObject) {
    super(`${error.instancePath || '/'} ${error.message ?? 'is invalid'}`)
    this.error = error
  }
}

/**
 * Validates and renders an artifact: its bytes, or for one with parts the chunks of them, which are validated as they are made. Making a
 * chunk throws InvalidArtifactError where an item of it is invalid, as rendering as a whole does.
 */
export async function renderArtifact(artifact: Artifact): Promise<ArtifactContent> {
  if (artifact.parts) return renderChunks(artifact, artifact.parts)
  const [error] = await schemaErrors(artifact.schema, artifact.value)
  if (error) throw new InvalidArtifactError(error)
  return artifact.render()
}

async function* renderChunks(artifact: Artifact, { head, pieces }: ArtifactParts): AsyncGenerator<Uint8Array> {
  const { schema } = artifact
  const checkHead = await loadHeadCheck(schema)
  if (!checkHead(head)) throw await explain(artifact)
  const encoder = createChunkEncoder()
  const areDistinct = createDistinctCheck()
  for (const piece of pieces()) {
    const isValid = areValid(schema, piece.items) || await areValidOnceLoaded(schema, piece.items)
    if (!isValid || !areDistinct(piece)) throw await explain(artifact)
    for (const chunk of encoder.add(piece)) yield chunk
  }
  for (const chunk of encoder.end()) yield chunk
}

/** Whether all items match the schema; also false if the check of one is not loaded yet. */
function areValid(schema: SchemaId, items: readonly unknown[]): boolean {
  return items.every((item) => itemCheck(schema, item)?.(item) === true)
}

async function areValidOnceLoaded(schema: SchemaId, items: readonly unknown[]): Promise<boolean> {
  for (const item of items) {
    const check = itemCheck(schema, item) ?? await loadItemCheck(schema, item)
    if (!check(item)) return false
  }
  return true
}

/** Checks that lists that are in several pieces have no text twice. */
function createDistinctCheck(): (piece: ArtifactPiece) => boolean {
  const known = new Map<string, IdSet>()
  return ({ distinct }) => {
    if (!distinct) return true
    const ids = known.get(distinct.list) ?? createIdSet()
    known.set(distinct.list, ids)
    return distinct.texts.every((text) => ids.add(text))
  }
}

/** The whole value says which item is invalid, and why. */
async function explain({ schema, value }: Artifact): Promise<InvalidArtifactError> {
  const [error] = await schemaErrors(schema, value)
  return new InvalidArtifactError(error ?? { instancePath: '', schemaPath: '', keyword: '', params: {}, message: 'is invalid in a part' })
}

/** Joins pieces that need not be validated. */
export function joinPieces({ pieces }: Pick<ArtifactParts, 'pieces'> & Partial<ArtifactParts>): Uint8Array {
  const chunks: Uint8Array[] = []
  const encoder = createChunkEncoder()
  for (const piece of pieces()) chunks.push(...encoder.add(piece))
  return joinBytes([...chunks, ...encoder.end()])
}

/** Encodes a text and a line end as UTF-8. A joined text would be copied as a whole before it is encoded. */
export function encodeLine(text: string): Uint8Array {
  const encoder = new TextEncoder()
  // Room for one character of two bytes in eight; few texts have more.
  const bytes = new Uint8Array(text.length + (text.length >> 3) + 1)
  const { read, written } = encoder.encodeInto(text, bytes.subarray(0, -1))
  if (read < text.length) return encoder.encode(`${text}\n`)
  bytes[written] = lineFeed
  return bytes.subarray(0, written + 1)
}

const lineFeed = 10

/**
 * Items of a piece of text. Less than 100: if more of a kind survive a collection of young objects, which happens within a piece, V8 takes the
 * kind for long-lived, and keeps all that follow until it collects old objects.
 */
export const itemsTogether = 80

/** Items in lists of at most so many, for pieces. */
export function* takeTogether<Item>(items: Iterable<Item>, most: number): Generator<readonly Item[], undefined> {
  let together: Item[] = []
  for (const item of items) {
    together.push(item)
    if (together.length < most) continue
    yield together
    together = []
  }
  if (together.length > 0) yield together
  return undefined
}

/** Bytes of a chunk; the last has fewer. */
const chunkSize = 1 << 20

/** Joins pieces, one after the other, and encodes texts as UTF-8. `add` returns the chunks that become full. */
function createChunkEncoder() {
  const encoder = new TextEncoder()
  let chunk = new Uint8Array(chunkSize)
  let used = 0
  return {
    add(piece: ArtifactPiece): readonly Uint8Array[] {
      if (piece.bytes) {
        if (used === 0) return [piece.bytes]
        const full = chunk.subarray(0, used)
        chunk = new Uint8Array(chunkSize)
        used = 0
        return [full, piece.bytes]
      }
      const { text } = piece
      const first = encoder.encodeInto(text, chunk.subarray(used))
      used += first.written
      if (first.read === text.length) return none
      const full: Uint8Array[] = []
      for (let at = first.read; at < text.length;) {
        full.push(chunk.subarray(0, used))
        chunk = new Uint8Array(chunkSize)
        // A slice that ends within a pair of surrogates does not fit: each of its other characters takes a byte or more.
        const { read, written } = encoder.encodeInto(text.slice(at, at + chunkSize), chunk)
        at += read
        used = written
      }
      return full
    },
    end: (): readonly Uint8Array[] => (used === 0 ? none : [chunk.subarray(0, used)]),
  }
}

const none: readonly Uint8Array[] = []
