import { loadAttack } from './attack/load-attack.js'
import { completeSet } from './complete-set.js'
import { detectParser } from './detect-parser.js'
import { createDiagnosticLog, type DiagnosticLog } from './diagnostics/diagnostic-log.js'
import { emitArtifacts } from './emit-artifacts.js'
import { decodeDocument } from './formats/decode-document.js'
import type { DocumentFile } from './formats/decoded.js'
import type { ManifestArtefact } from './manifest.js'
import { placeSets } from './place-sets.js'
import type { ConvertReport, ConvertRequest, Understanding, UnderstandRequest, UnderstoodDocument } from './requests.js'
import { checkSet } from './rules/check/check-set.js'
import { normaliseSet } from './rules/normalise/normalise-set.js'
import type { World } from './world.js'
import { writeArtifact } from './write-artifact.js'
import { writeManifest } from './write-manifest.js'

/** Documents in, verified artefacts out. Reads nothing and writes nothing itself: `world` does. */
export async function convert(request: ConvertRequest, world: World): Promise<ConvertReport> {
  const log = createDiagnosticLog()
  const understanding = await understandAll(request, world, log)

  const artefacts: ManifestArtefact[] = []
  for await (const { artifact, folder, options } of emitArtifacts(understanding, request, log)) {
    const written = await writeArtifact(artifact, folder, options, world, log.report)
    if (written) artefacts.push(written)
    world.progress?.('Writing', artefacts.length, understanding.sets.length * request.emitters.length)
  }
  await writeManifest(artefacts, understanding.documents, world, log)
  return { ...understanding, artefacts }
}

/** Documents in, what they say out: the first half of `convert`, for `inspect` and `validate`. */
export async function understand(request: UnderstandRequest, world: World): Promise<Understanding> {
  return understandAll(request, world, createDiagnosticLog())
}

async function understandAll(request: UnderstandRequest, world: World, log: DiagnosticLog): Promise<Understanding> {
  const { report } = log
  const attack = await loadAttack(request.attackBundle, report)
  const files = await world.readDocuments(request.inputs, report)
  const documents: UnderstoodDocument[] = []
  for (const [index, file] of files.entries()) {
    documents.push(await understandDocument(file))
    world.progress?.('Reading', index + 1, files.length)
  }
  const sets = placeSets(documents, request.perDocument ?? false, report).map(({ folder, set }) => ({ folder, set: normaliseSet(set, report) }))
  for (const { set } of sets) checkSet(set, { attack, report })
  return { attack, documents, sets, diagnostics: log.entries }

  async function understandDocument(file: DocumentFile): Promise<UnderstoodDocument> {
    const decoded = await decodeDocument(file, report)
    const detection = decoded && detectParser(decoded, request.from, report)
    if (!detection) return { file, rows: 0, sets: [] }
    const statements = request.statements ?? {}
    const parsed = await detection.parser.parse(decoded, { statements, report })
    const sets = parsed.map((set) => completeSet(set, statements, attack, report))
    const rows = sets.reduce((sum, set) => sum + set.mappings.length, 0)
    return { file, parser: detection.parser.id, sniff: detection.sniff, rows, sets }
  }
}
