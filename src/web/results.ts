import { countNoun } from '../diagnostics/counts-in-words.js'
import { create, isolate } from '../emitters/html/browser/elements.js'
import { writeCount } from '../emitters/html/view/counts.js'
import type { MadeFile, Message, ReadDocument, Result } from './messages.js'

/** Addresses of the files that are shown: released when others are. */
let addresses: readonly string[] = []

/** What the page can do with a result. */
interface Means {
  readonly downloadAll: () => void
}

/** The answer, the report, the files, the messages and the documents, in this order. */
export function showResult(result: Result, { downloadAll }: Means): readonly HTMLElement[] {
  for (const address of addresses) URL.revokeObjectURL(address)
  const links = result.files.map((file) => [file, URL.createObjectURL(new Blob([file.bytes]))] as const)
  addresses = links.map(([, address]) => address)
  const report = chooseReport(result.files)
  return [
    create('p', { class: 'answer' }, answer(result), ' ',
      ...(links.length > 0 ? [create('button', { type: 'button', class: 'main', click: downloadAll }, 'Download all (.zip)')] : [])),
    ...showMessages(result.messages),
    ...(report ? [showReport(report)] : []),
    ...(links.length > 0 ? [showFiles(links)] : []),
    showDocuments(result.documents),
  ]
}

function answer({ documents, rows, capabilities, files, messages }: Result): string {
  const errors = messages.filter(({ severity }) => severity === 'error').length
  if (rows === 0) return errors > 0 ? 'No mappings were read; the errors say why.' : 'No mappings were read.'
  const read = `${countNoun(rows, 'mapping')} of ${countNoun(capabilities, 'capability')} from ${countNoun(documents.length, 'document')}`
  return `${read}; ${countNoun(files.length, 'file')} made${errors > 0 ? `; ${countNoun(errors, 'error')}` : ''}.`
}

/** The report of all sets together, or the only one. */
function chooseReport(files: readonly MadeFile[]): MadeFile | undefined {
  const reports = files.filter(({ name }) => name.endsWith('.html'))
  return reports.find(({ name }) => name === 'all.html') ?? reports[0]
}

/**
 * The report in a frame without an origin: its script runs, as its own policy and that of the page allow, and reaches neither the page nor
 * anything else.
 */
function showReport({ name, bytes }: MadeFile): HTMLElement {
  const frame = create('iframe', { title: `The report ${name}`, sandbox: 'allow-scripts allow-downloads allow-modals allow-popups' })
  const title = create('h2', { id: 'report-title' }, 'The report')
  const section = create('section', { 'aria-labelledby': 'report-title' }, title)
  const show = (): void => {
    frame.srcdoc = new TextDecoder().decode(bytes)
    section.replaceChildren(title, frame)
  }
  if (bytes.byteLength <= largestShown) show()
  else {
    section.append(create('p', {}, 'It is large: the page does not answer for some seconds while it opens. ',
      create('button', { type: 'button', click: show }, `Show the report (${writeSize(bytes.byteLength)})`)))
  }
  return section
}

/** A larger report is shown when it is asked for: the browser opens it in the thread of the page. */
const largestShown = 16 * 1024 * 1024

function showFiles(links: readonly (readonly [MadeFile, string])[]): HTMLElement {
  const rows = links.map(([{ name, bytes, sha256 }, href]) => create('tr', {},
    create('th', { scope: 'row' }, create('a', { href, download: name.slice(name.lastIndexOf('/') + 1) }, isolate(name))),
    create('td', { class: 'number' }, writeSize(bytes.byteLength)),
    create('td', {}, create('code', { title: sha256 }, sha256.slice(0, 12)))))
  return create('section', { 'aria-labelledby': 'files-title' },
    create('h2', { id: 'files-title' }, 'Files'),
    createTable('List of files', ['Name', 'Size', 'SHA-256'], rows))
}

function showDocuments(documents: readonly ReadDocument[]): HTMLElement {
  const rows = documents.map(({ name, how, rows: count, sets }) => create('tr', {},
    create('th', { scope: 'row' }, isolate(name)), create('td', {}, isolate(how ?? 'not read')),
    create('td', { class: 'number' }, writeCount(count)), create('td', {}, isolate(sets.join('; ')))))
  return create('section', { 'aria-labelledby': 'documents-title' }, create('h2', { id: 'documents-title' }, 'What was understood'),
    createTable('List of documents', ['Document', 'Read as', 'Rows', 'Mapping sets'], rows))
}

const titles = { error: ['error', true], warning: ['warning', true], info: ['note', false] } as const
/** More are not shown in the page; the workbook and the report list them. */
const mostMessages = 500

function showMessages(messages: readonly Message[]): readonly HTMLElement[] {
  return (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const some = messages.filter((message) => message.severity === severity)
    if (some.length === 0) return []
    const [noun, isOpen] = titles[severity]
    const list = create('ul', { class: `messages ${severity}` }, ...some.slice(0, mostMessages).map(showMessage))
    const more = some.length > mostMessages ? [create('p', {}, `${some.length - mostMessages} more are not shown.`)] : []
    return [create('details', { ...(isOpen && { open: '' }) }, create('summary', {}, countNoun(some.length, noun)), list, ...more)]
  })
}

function showMessage({ message, place, code, found, expected, hint, excerpt, count = 1 }: Message): HTMLElement {
  return create('li', {},
    create('div', {}, ...(place === undefined ? [] : [create('code', { class: 'place' }, isolate(place)), ' ']), create('b', {}, isolate(message)), ' ', create('code', {}, code),
      ...(count > 1 ? [` × ${count}`] : [])),
    ...(excerpt === undefined ? [] : [create('pre', {}, excerpt)]),
    ...detail('found', found), ...detail('expected', expected), ...detail('what to do', hint))
}

function detail(label: string, text: string | undefined): readonly Node[] {
  return text === undefined ? [] : [create('div', {}, `${label}: `, isolate(text))]
}

/** A table in its own scroll area, which the keyboard reaches. */
function createTable(name: string, heads: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  const head = create('thead', {}, create('tr', {}, ...heads.map((text) => create('th', { scope: 'col' }, text))))
  return create('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': name }, create('table', {}, head, create('tbody', {}, ...rows)))
}

function writeSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
