/** A cell without markup, and the links that do not agree with their text. */
export interface CellText {
  readonly text: string
  /** Links whose address names another technique than their text. */
  readonly conflicts: readonly string[]
  /** Addresses of links that name no technique. */
  readonly addresses: readonly string[]
  /** Whether characters without width were removed. */
  readonly hadInvisible: boolean
}

/** Zero-width and directional characters, soft hyphens and variation selectors. */
const invisible = /\u00AD|\u061C|\u180E|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u2064]|[\u2066-\u2069]|\uFE0E|\uFE0F|\uFEFF/g
const fullWidth = /[\uFF01-\uFF5E]/g
/** Spaces other than the plain one, which names are compared without. */
const spaces = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\t\f\v]/g

/**
 * Takes the characters that people cannot see and the markup out of a cell: HTML, links of HTML, Markdown, wikis and spreadsheet
 * formulas, full-width letters, escaped line breaks. A link to a technique whose text has no id becomes the id and the text.
 */
export function cleanCell(raw: string): CellText {
  const visible = raw.replaceAll(invisible, '')
  const notes = { conflicts: new Set<string>(), addresses: new Set<string>() }
  let text = visible
    .replaceAll(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - 0xFEE0))
    .replaceAll(spaces, ' ')
    .replaceAll(/\r\n?|[\u2028\u2029]|_x000[aAdD]_/g, '\n')
    .replaceAll(/[\u3001\uFF64]/g, ',')
    .replaceAll(/[\u3002\uFF61]/g, '.')
    .replaceAll(/\\[rnt](?=\\|[Tt]\d|\s|$)/g, '\n')
  if (text.includes('&')) text = text.replaceAll(/&(#\d{1,6}|#x[\da-f]{1,5}|[a-z]{2,6});/gi, decodeEntity).replaceAll(invisible, '')
  if (text.includes('](')) text = text.replaceAll(markdownLink, (whole, label: string, target: string) => showLink(whole, label, target, notes))
  if (text.includes('[')) text = readWikiLinks(text, notes)
  if (/hyperlink/i.test(text)) text = text.replaceAll(formula, (whole, target: string, label = '') => showFormula(whole, target, label, notes))
  if (text.includes('<')) text = readHtml(text, notes)
  return { text, conflicts: [...notes.conflicts], addresses: [...notes.addresses], hadInvisible: visible !== raw }
}

interface LinkNotes {
  readonly conflicts: Set<string>
  readonly addresses: Set<string>
}

const entities: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', ensp: ' ', emsp: ' ', thinsp: ' ', bull: '•',
  middot: '·', hellip: '…', shy: '', zwnj: '', zwj: '', sol: '/', period: '.', colon: ':', comma: ',', lpar: '(', rpar: ')', bsol: '\\',
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  if (code === 160) return ' '
  return code < 9 || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF ? whole : String.fromCodePoint(code)
}

const markdownLink = /\[([^[\]\n]{0,300})\]\(\s{0,9}<?([^\s()<>]{1,500})>?(?:\s{1,9}"[^"\n]{0,200}")?\s{0,9}\)/g
const formula = /=?\+?hyperlink\(\s{0,9}"((?:[^"]|""){0,900})"\s{0,9}(?:[;,]\s{0,9}"((?:[^"]|""){0,900})"\s{0,9})?\)/gi

function showFormula(whole: string, target: string, label: string, notes: LinkNotes): string {
  return showLink(whole, label.replaceAll('""', '"'), target.replaceAll('""', '"'), notes)
}

function readWikiLinks(text: string, notes: LinkNotes): string {
  return text
    .replaceAll(/\[([^[\]|\n]{1,300})\|(https?:\/\/[^\s\]|]{1,500})(?:\|[^\]\n]{0,100})?\]/gi,
      (whole, label: string, target: string) => showLink(whole, label, target, notes))
    .replaceAll(/\[{1,2}(https?:\/\/[^\s\]|]{1,500})[ |]([^[\]\n]{1,300})\]{1,2}/gi,
      (whole, target: string, label: string) => showLink(whole, label, target, notes))
}

const htmlLink = /<a\s[^<>]{0,300}?href\s{0,3}=\s{0,3}["']?([^"'\s<>]{1,500})["']?[^<>]{0,300}>([^<]{0,300}(?:<(?!\/a\b)[^<>]{0,100}>[^<]{0,300}){0,4})<\/a\s?>/gi
const blocks = /<\/?(?:br|p|li|ul|ol|div|tr|td|th|table|tbody|h[1-6])(?:\s[^<>]{0,300})?\/?>/gi
const marks = /<\/?(?:b|i|u|a|em|strong|span|font|code|tt|small|mark|ins|abbr|label)(?:\s[^<>]{0,300})?\/?>/gi

function readHtml(text: string, notes: LinkNotes): string {
  return text
    .replaceAll(htmlLink, (whole, target: string, label: string) => showLink(whole, label, target, notes))
    .replaceAll(blocks, '\n')
    .replaceAll(marks, '')
    .replaceAll(/<\/?su[bp]>/gi, ' ')
    .replaceAll(/<\/?(?:s|del|strike)>/gi, ' ~~ ')
}

/** The id of the technique that an address leads to: ATT&CK's pages, its old wiki, and folders named by technique. */
export function techniqueOfAddress(address: string): string | undefined {
  const [, parent, sub] = /\/(T\d{4})(?:[./](\d{3}))?(?=$|[/?#&;,)]|\.[a-z]|\.$)/i.exec(address) ?? []
  return parent === undefined ? undefined : `${parent.toUpperCase()}${sub === undefined ? '' : `.${sub}`}`
}

const idInText = /(?<![\p{L}\p{N}])T\d{4}/iu

/** The text of a link, with the id that only its address has. */
function showLink(whole: string, label: string, target: string, notes: LinkNotes): string {
  if (!/^[a-z]+:\/\/|^www\.|^attack\.mitre\.org|^\/?techniques\//i.test(target)) return whole
  const id = techniqueOfAddress(target.startsWith('/') ? target : `/${target}`)
  if (id === undefined) {
    notes.addresses.add(target)
    return ` ${label} `
  }
  if (!idInText.test(label)) return ` ${id} ${label.replaceAll('://', ' ')}`
  if (!namesId(label, id)) notes.conflicts.add(target)
  return label
}

/** Whether a text with ids has this one, however its parts are joined. */
function namesId(label: string, id: string): boolean {
  return label.toUpperCase().replaceAll(/[^A-Z0-9]/g, '').includes(id.replace('.', ''))
    && (id.includes('.') || !/T\d{4}\W{1,3}\d{3}/i.test(label))
}
