import type { TreeValue } from '../../formats/decoded.js'
import { fieldOf, itemsOf } from '../../formats/tree-fields.js'
import { reportSchemaError, type Validator } from '../../validation/validator.js'
import { isOwnReport } from './is-own-report.js'

/** The report in HTML: the data that it shows satisfy their schema. */
export const htmlReportValidator: Validator = {
  id: 'html-report',
  title: 'Crosswalk report',
  recognises: (document) => document.container === 'html' && isOwnReport(document),
  async validate({ file }, context) {
    const value = readData(new TextDecoder().decode(file.bytes))
    if (value === undefined) {
      context.reportAt('', 'verify/schema', { message: 'The report holds no data that can be read' })
      return {}
    }
    await reportSchemaError('html-report', value, context)
    return { sets: itemsOf(value, 'sets').length, rows: itemsOf(fieldOf(value, 'rows'), 'technique').length }
  },
}

const opening = '<script type="application/json" id="data">'

/** The data in a report's text; nothing of them ends the element that they stand in. */
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
