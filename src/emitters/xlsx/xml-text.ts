const markup = /[&<>]/
const quotedMarkup = /[&<>"\t\n]/g
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;',
}

/** The content of an XML element of SpreadsheetML. Texts of cells are sanitised before: they have no character that XML forbids. */
export function xmlText(text: string): string {
  const escaped = excelText(text)
  return markup.test(escaped) ? escaped.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : escaped
}

// The underscore of text that looks like an escape sequence.
const escapeLike = /_(?=x[0-9A-Fa-f]{4}_)/g

/** Text for SpreadsheetML: `_x0041_` would be read as "A", so its underscore is escaped (ECMA-376 part 1, section 22.9.2.19). */
export function excelText(text: string): string {
  return text.includes('_x') ? text.replaceAll(escapeLike, '_x005F_') : text
}

/** The value of an XML attribute, between double quotes. */
export function xmlAttribute(text: string): string {
  return text.replaceAll(quotedMarkup, (character) => entities[character] ?? character)
}

/** The value of an attribute in which Excel decodes escapes as in cells (`ST_Xstring`): the title of a column, the text of a prompt. */
export function textAttribute(text: string): string {
  return xmlAttribute(excelText(text))
}

/** The element `<t>` of a text (section 18.4.12). */
export function textXml(text: string): string {
  return `${keepsSpace(text) ? '<t xml:space="preserve">' : '<t>'}${xmlText(text)}</t>`
}

/** Whether a text has white space at its ends, or line ends, which readers drop unless they are told to keep them. */
export function keepsSpace(text: string): boolean {
  return text.includes('\n') || text.trim().length < text.length
}
