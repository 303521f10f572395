/**
 * The library: `convert` documents into artefacts, `understand` them only, or `validate` files.
 *
 * ```ts
 * import { convert, createMemoryWorld } from 'attack-crosswalk'
 *
 * const world = createMemoryWorld({ 'page.txt': text })
 * const report = await convert({ inputs: [], emitters: ['navigator', 'csv'] }, world)
 * ```
 */
export { convert, understand } from './pipeline.js'
export { validate, type FileVerdict, type ValidateRequest, type ValidationReport } from './validate.js'
export { createMemoryWorld, type MemoryWorld } from './memory-world.js'
export { createDiskWorld, type DiskOptions } from './io/disk-world.js'
export { WriteError, type World, type WrittenFile } from './world.js'
export type { ConvertReport, ConvertRequest, PlacedSet, Understanding, UnderstandRequest, UnderstoodDocument } from './requests.js'
export type { Manifest, ManifestArtefact } from './manifest.js'
export { parsers } from './parsers/registry.js'
export type { ParseContext, Parser, Sniff, Statements } from './parsers/parser.js'
export { emitters, type EmitterId } from './emitters/registry.js'
export { defineEmitter, type EmitContext, type Emitter } from './emitters/emitter.js'
export type { Artifact } from './emitters/artifact.js'
export { catalogue, type Code } from './diagnostics/catalogue.js'
export type { Diagnostic, DiagnosticDetails, Report, Severity } from './diagnostics/diagnostic.js'
export { createMappingSet, type MappingSetDraft } from './model/create-mapping-set.js'
export type * from './model/mapping.js'
export type * from './model/mapping-set.js'
export type { Origin, Place } from './model/origin.js'
