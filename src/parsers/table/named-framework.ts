import { frameworkByLabel } from '../../frameworks/find-framework.js'

/** Words after a framework's name in the title of a column. */
const endings = /\s(?:ids?|identifiers?|numbers?|controls?|capabilit(?:y|ies)|services?|paths?|enumerations?|statements?|mappings?)$/i

/**
 * The id of the framework that the title of a column of capabilities names ("NIST 800-53 Control ID", "VERIS path"), or else the name
 * of its sheet ("AWS"). CVE is none: the ids of such a column may be those of known exploited vulnerabilities, and show it.
 */
export function frameworkNamed(title: string, sheet: string): string | undefined {
  let label = title.slice(0, 100).trim()
  for (let words = 0; words < 4 && frameworkByLabel(label) === undefined; words += 1) label = label.replace(endings, '')
  const found = frameworkByLabel(label) ?? frameworkByLabel(sheet.trim())
  return found?.id === 'cve' ? undefined : found?.id
}
