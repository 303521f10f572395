/**
 * The library: `convert` documents to artifacts, `understand` them without writing anything, or `validate` files.
 *
 * ```ts
 * import { convert, createMemoryHost } from 'attack-crosswalk'
 *
 * const host = createMemoryHost({ 'page.txt': text })
 * const report = await convert({ inputs: [], emitters: ['navigator', 'csv'] }, host)
 * ```
 */
export { convert, understand } from './pipeline/convert.js'
export { validate, type FileValidation, type ValidateRequest, type ValidationReport } from './pipeline/validate.js'
export { createMemoryHost, type MemoryHost } from './pipeline/host.js'
export { createDiskHost, type DiskOptions } from './io/disk-host.js'
export { WriteError, type Host, type WrittenFile } from './pipeline/host.js'
export type { ConvertReport, ConvertRequest, Understanding, UnderstandRequest, UnderstoodDocument } from './pipeline/requests.js'
export type { Manifest, ManifestArtifact } from './pipeline/manifest.js'
export { parsers } from './parsers/registry.js'
export type { ParseContext, Parser, Sniff, Statements } from './parsers/parser.js'
export { emitters, type EmitterId } from './emitters/registry.js'
export { defineEmitter, type EmitContext, type Emitter } from './emitters/emitter.js'
export type { Artifact } from './emitters/emitter.js'
export type { FileKind, ValidationContext } from './validation/file-kind.js'
export { catalogue, type Code } from './diagnostics/catalogue.js'
export type { Severity } from './diagnostics/catalogue/entry.js'
export type { Diagnostic, DiagnosticDetails, Report } from './diagnostics/diagnostic.js'
export { createMappingSet, type MappingSetDraft } from './model/mapping-set.js'
export type * from './model/mapping.js'
export type * from './model/mapping-set.js'
export type { Origin, Place } from './model/origin.js'
