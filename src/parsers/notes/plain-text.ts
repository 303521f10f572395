/** A link or a picture: "[text](address)", "![text](address "title")". */
const link = /!?\[([^[\]]*)\]\(<?[^\s()<>]*>?(?: "[^"]*")?\)/g
/** A link by its label: "[text][label]". */
const labelled = /\[([^[\]]+)\]\[[^[\]]*\]/g

/**
 * A piece of Markdown as a reader sees it, on one line: links as their text, no marks of strong text and of code. Single stars
 * and underscores stay: plain notes have them for other things.
 */
export function plainText(text: string): string {
  return text
    .replaceAll(link, '$1')
    .replaceAll(labelled, '$1')
    .replaceAll(/\*\*|`/g, '')
    .replaceAll(/(?<![\p{L}\p{N}_])__(?=[^\s_])|(?<=[^\s_])__(?![\p{L}\p{N}_])/gu, '')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
