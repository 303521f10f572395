import type { DocumentFile } from './formats/decoded.js'
import { compareText } from './model/compare-text.js'
import type { World } from './world.js'

/** A world without a disk: for browsers, tests, and programs that hold documents already. */
export interface MemoryWorld extends World {
  /** What was written, by path. */
  readonly written: ReadonlyMap<string, Uint8Array>
}

/** Holds the documents given, by name; `readDocuments` gives those that are named, or all when none is. */
export function createMemoryWorld(documents: Readonly<Record<string, string | Uint8Array>>): MemoryWorld {
  const written = new Map<string, Uint8Array>()
  return {
    written,
    async readDocuments(inputs, report) {
      const files: DocumentFile[] = []
      const names = inputs.length > 0 ? [...new Set(inputs)] : Object.keys(documents)
      for (const name of names.toSorted(compareText)) {
        const content = Object.hasOwn(documents, name) ? documents[name] : undefined
        const origin = { document: name, place: { kind: 'file' } } as const
        if (content === undefined) {
          report('read/not-found', { origin })
          continue
        }
        const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
        if (bytes.byteLength === 0) report('read/empty', { origin })
        else files.push({ name, path: name, bytes, sha256: await digest(bytes) })
      }
      return files
    },
    async writeArtifact(path, bytes) {
      written.set(path, bytes)
      return { sha256: await digest(bytes), size: bytes.byteLength }
    },
    readFormer: async () => ({ artefacts: [], sources: [] }),
    removeArtifact: async (path) => void written.delete(path),
  }
}

async function digest(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
