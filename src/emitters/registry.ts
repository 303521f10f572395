import type { FileKind } from '../validation/file-kind.js'
import { csv } from './csv/csv.js'
import { html } from './html/html.js'
import { json } from './json/json.js'
import { markdown } from './markdown/markdown.js'
import { mispGalaxy } from './misp-galaxy/misp-galaxy.js'
import { navigator } from './navigator/navigator.js'
import { parquet } from './parquet/parquet.js'
import { png, svg } from './picture/pictures.js'
import { stix } from './stix/stix.js'
import { xlsx } from './xlsx/xlsx.js'
import { yaml } from './yaml/yaml.js'

/** Every emitter. A new format is one folder and one line here. */
export const emitters = [stix, mispGalaxy, navigator, csv, xlsx, json, yaml, parquet, markdown, html, svg, png] as const

/** The kinds of files that emitters write, each once, in their order. */
export const writtenKinds: readonly FileKind[] = [...new Set(emitters.flatMap(({ writes }) => writes))]

/** Ids of the output formats. */
export type EmitterId = (typeof emitters)[number]['id']
