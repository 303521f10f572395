import type { TreeValue } from '../../formats/decoded.js'
import { depthLimit } from '../../formats/depth-limit.js'
import { surveyJson } from '../../formats/json/survey-json.js'
import type { TaxiiAnswer } from './exchange.js'
import { readMediaType } from './media-type.js'

/** The JSON of an answer. Undefined when it says that it is something else, is not well-formed, or nests too deep. */
export function readJsonAnswer({ mediaType, body }: TaxiiAnswer): TreeValue | undefined {
  if (!/^application\/(?:.+\+)?json$/.test(readMediaType(mediaType).essence)) return undefined
  const text = new TextDecoder().decode(body)
  if (surveyJson(text).depth > depthLimit) return undefined
  try {
    const value: TreeValue = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
