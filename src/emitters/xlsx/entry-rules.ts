import type { DataValidation, WriteSheet } from 'hucre/xlsx'
import { columnName } from './column-name.js'
import { excelText } from './excel-text.js'
import type { EntryRule, TableSheet } from './workbook.js'

/**
 * The rules of the cells that are filled in by hand, one for each column and not for each cell (ECMA-376 Part 1, 18.3.1.32). A word that
 * is none of a list is taken after a question; a text that is too long is not.
 */
export function entryRules({ columns, rows }: TableSheet): Pick<WriteSheet, 'dataValidations'> {
  if (rows.length === 0) return {}
  const rules = columns.flatMap(({ entry }, index): readonly DataValidation[] => {
    const name = columnName(index)
    return entry ? [entryRule(entry, `${name}2:${name}${rows.length + 1}`)] : []
  })
  return rules.length > 0 ? { dataValidations: rules } : {}
}

function entryRule({ title, message, choices, longest }: EntryRule, range: string): DataValidation {
  const shared = {
    range, allowBlank: true, showInputMessage: true, showErrorMessage: true, inputTitle: excelText(title), inputMessage: excelText(message),
  }
  if (choices) {
    return {
      ...shared, type: 'list', values: [...choices], errorStyle: 'warning', errorTitle: 'Not in the list',
      errorMessage: `The list has: ${choices.join(', ')}. Another word is kept, and reported when the workbook is read.`,
    }
  }
  return {
    ...shared, type: 'textLength', operator: 'lessThanOrEqual', formula1: String(longest), errorStyle: 'stop', errorTitle: 'Too long',
    errorMessage: `At most ${longest} characters.`,
  }
}
