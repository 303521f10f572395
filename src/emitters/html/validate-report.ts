import { type DecodedDocument, fieldOf, itemsOf, type TreeValue } from '../../formats/decoded.js'
import type { Counts, ValidationContext } from '../../validation/file-kind.js'
import { reportSchemaError } from '../../validation/report-schema-error.js'

/** Validates the data embedded in a report against their schema. Returns the counts of sets and rows. */
export async function validateReport(document: DecodedDocument, context: ValidationContext): Promise<Counts> {
  const value = document.container === 'html' ? readData(document.text) : undefined
  if (value === undefined) {
    context.reportAt('', 'verify/schema', { message: 'The report has no element with the id "data" that contains valid JSON' })
    return {}
  }
  await reportSchemaError('html-report', value, context)
  return { sets: itemsOf(value, 'sets').length, rows: itemsOf(fieldOf(value, 'rows'), 'technique').length }
}

const opening = '<script type="application/json" id="data">'

/** The embedded data; undefined if they are missing or not JSON. `<` is escaped in them, so the first end tag is the element's. */
function readData(text: string): TreeValue | undefined {
  const start = text.indexOf(opening)
  const end = text.indexOf('</script>', start)
  if (start < 0 || end < 0) return undefined
  try {
    const value: TreeValue = JSON.parse(text.slice(start + opening.length, end))
    return value
  } catch {
    return undefined
  }
}
