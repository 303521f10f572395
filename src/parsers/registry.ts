import { ctidJson } from './ctid-json/ctid-json.js'
import { detectionRules } from './detection-rules/detection-rules.js'
import { dettect } from './dettect/dettect.js'
import { htmlPage } from './html-page/html-page.js'
import { mispGalaxy } from './misp-galaxy/misp-galaxy.js'
import { navigatorLayer } from './navigator-layer/navigator-layer.js'
import { notes } from './notes/notes.js'
import type { Parser } from './parser.js'
import { securityStack } from './security-stack/security-stack.js'
import { stixBundle } from './stix-bundle/stix-bundle.js'
import { tableMetadata } from './table-metadata/table-metadata.js'
import { table } from './table/table.js'
import { textPage } from './text-page/text-page.js'
import { verisEnumerations } from './veris-enumerations/veris-enumerations.js'
import { verisJson } from './veris-json/veris-json.js'

/** Every parser. If two are equally confident, the first wins. A new dialect takes one folder and one line here. */
export const parsers = [
  ctidJson, stixBundle, navigatorLayer, securityStack, verisJson, textPage, htmlPage, table, tableMetadata, verisEnumerations, dettect,
  detectionRules, mispGalaxy, notes,
] as const satisfies readonly Parser[]
