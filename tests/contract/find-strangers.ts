import type { AttackIndex } from '../../src/attack/attack-index.js'
import type { Emitter } from '../../src/emitters/emitter.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { DocumentFile } from '../../src/formats/decoded.js'
import { fileKinds, validateFile } from '../../src/pipeline/validate.js'
import type { FileKind } from '../../src/validation/file-kind.js'
import type { Outcome } from './find-flaws.js'

/**
 * Why `crosswalk validate` would not take artifacts for what they are; nothing if all is well. Each artifact is to be recognised by one
 * kind only, which its emitter `writes`, and to be valid. Artifacts of an emitter that writes no kind are recognised by none.
 */
export async function findStrangers(emitter: Emitter, { artifacts, bytes }: Outcome, attack: AttackIndex): Promise<readonly string[]> {
  const seen = new Set<FileKind>()
  const strange: string[] = []
  // An emitter that is not in the registry yet is checked as if it were.
  const kinds = [...new Set([...emitter.writes, ...fileKinds])]
  // The last takes whatever a parser reads.
  const specific = kinds.slice(0, -1)
  for (const [index, { name }] of artifacts.entries()) {
    const file: DocumentFile = { name, path: name, bytes: bytes[index] ?? new Uint8Array(), sha256: '' }
    const document = await decodeDocument(file, () => undefined)
    const found = specific.filter((kind) => document && kind.recognise(document))
    const [kind, ...others] = found
    if (others.length > 0) strange.push(`${name} is recognised as ${found.map(({ id }) => id).join(' and ')}`)
    if (kind ? !emitter.writes.includes(kind) : emitter.writes.length > 0) strange.push(`${name} is recognised as ${kind?.id ?? 'nothing'}`)
    if (!kind) continue
    seen.add(kind)
    const { kind: id, diagnostics } = await validateFile(file, { attack, files: new Map(), platforms: [] }, kinds)
    if (id !== kind.id) strange.push(`${name} is validated as ${id ?? 'nothing'}`)
    strange.push(...diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${name}: ${code} ${message}`))
  }
  return [...strange, ...emitter.writes.filter((kind) => !seen.has(kind)).map(({ id }) => `no artifact is recognised as ${id}`)]
}
