import type { ErrorObject } from 'ajv'
import { itemCheck, loadHeadCheck, loadItemCheck, schemaErrors, type SchemaId } from '../schemas/schema-errors.js'
import type { Artifact, ArtifactParts } from './emitter.js'

/** The bytes of an artifact that matches its schema, or the first error of one that does not. */
export type RenderedArtifact = { readonly bytes: Uint8Array; readonly error?: undefined } | { readonly error: ErrorObject }

/** Validates and renders an artifact. */
export async function renderArtifact(artifact: Artifact): Promise<RenderedArtifact> {
  const bytes = artifact.parts && await renderParts(artifact.parts, artifact.schema)
  if (bytes) return { bytes }
  // The whole value says which item is invalid, and why.
  const [error] = await schemaErrors(artifact.schema, artifact.value)
  return error ? { error } : { bytes: await artifact.render() }
}

/** Validates the pieces and joins their texts; undefined if one is invalid. */
async function renderParts({ head, pieces }: ArtifactParts, schema: SchemaId): Promise<Uint8Array | undefined> {
  const checkHead = await loadHeadCheck(schema)
  if (!checkHead(head)) return undefined
  const writer = createByteWriter()
  for (const { items, text } of pieces()) {
    for (const item of items) {
      // Most items need no wait.
      const check = itemCheck(schema, item) ?? await loadItemCheck(schema, item)
      if (!check(item)) return undefined
    }
    writer.add(text)
  }
  return writer.end()
}

/** Joins the texts of pieces that need not be validated. */
export function joinPieces({ pieces }: ArtifactParts): Uint8Array {
  const writer = createByteWriter()
  for (const { text } of pieces()) writer.add(text)
  return writer.end()
}

const blockSize = 1 << 20
/** Most bytes that a UTF-16 code unit becomes in UTF-8. */
const widest = 3

interface ByteWriter {
  add(text: string): void
  end(): Uint8Array
}

/** Encodes texts as UTF-8, one after the other. */
export function createByteWriter(): ByteWriter {
  const encoder = new TextEncoder()
  const full: Uint8Array[] = []
  let block = new Uint8Array(blockSize)
  let used = 0
  return {
    add(text) {
      if (text.length * widest > block.length - used) {
        full.push(block.subarray(0, used))
        block = new Uint8Array(Math.max(blockSize, text.length * widest))
        used = 0
      }
      used += encoder.encodeInto(text, block.subarray(used)).written
    },
    end() {
      full.push(block.subarray(0, used))
      const bytes = new Uint8Array(full.reduce((sum, one) => sum + one.length, 0))
      let at = 0
      for (const one of full.splice(0)) {
        bytes.set(one, at)
        at += one.length
      }
      return bytes
    },
  }
}
