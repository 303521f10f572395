import { htmlReportValidator } from './html-report.js'
import { manifestValidator } from './manifest.js'
import { mappingDocumentValidator } from './mapping-document.js'
import { mappingTableValidator } from './mapping-table.js'
import { mispClustersValidator, mispGalaxyValidator } from './misp-galaxy.js'
import { navigatorLayerValidator } from './navigator-layer.js'
import { ownJsonValidators } from './own-json.js'
import { reportTableValidator } from './report-table.js'
import { stixBundleValidator } from './stix-bundle.js'
import type { Validator } from './validator.js'

/** Every kind of file that can be validated; the first that recognises a file judges it. */
export const validators: readonly Validator[] = [
  stixBundleValidator,
  navigatorLayerValidator,
  manifestValidator,
  mispClustersValidator,
  mispGalaxyValidator,
  htmlReportValidator,
  ...ownJsonValidators,
  mappingTableValidator,
  reportTableValidator,
  mappingDocumentValidator,
]
