import { describe, expect, it } from 'vitest'
import type { Code } from '../../../../src/diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../../../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../../../src/formats/decode-document.js'
import type { HtmlDocument, HtmlElement } from '../../../../src/formats/decoded.js'
import { findElements, linesOf, textOf } from '../../../../src/formats/html/elements.js'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

async function decode(content: string | Uint8Array, name = 'page.html') {
  const told: (DiagnosticDetails & { readonly code: Code })[] = []
  const bytes = typeof content === 'string' ? encode(content) : content
  const file = { name, path: name, bytes, sha256: '' }
  const document = await decodeDocument(file, (code, details) => void told.push({ code, ...details }))
  return { document, told }
}

async function decodeHtml(content: string | Uint8Array): Promise<HtmlDocument> {
  const { document } = await decode(content)
  if (document?.container !== 'html') throw new Error('not HTML')
  return document
}

describe('what is HTML', () => {
  it.each([
    ['a doctype', '<!DOCTYPE html><html></html>'],
    ['a doctype in small letters, after a byte order mark and blank lines', '\uFEFF \r\n\n<!doctype HTML>'],
    ['comments of a browser', '<!-- saved from url=(0019)https://example.org/ -->\n<!-- another -->\n<html lang="en">'],
    ['an XML declaration', '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x">'],
    ['a piece of a page', '  <table class="table"><tr><td>x</td></tr></table>'],
    ['a heading', '<h1>T1078</h1>'],
  ])('is told by %s, whatever the name', async (_what, text) => {
    expect((await decode(text, 'page.txt')).document?.container).toBe('html')
  })

  it.each([
    ['prose', 'Use <b> for bold', 'note.txt'],
    ['a tag that pages do not begin with', '<project><x/></project>', 'pom.txt'],
    ['JSON', '{"a": "<html>"}', 'a.json'],
    ['a page by name that holds no tags', 'T1078 Valid Accounts', 'page.html'],
  ])('is not %s', async (_what, text, name) => {
    expect((await decode(text, name)).document?.container).not.toBe('html')
  })

  it('is a file named so that holds tags, whatever it begins with', async () => {
    expect((await decode('Copied: <b>T1078</b>', 'page.htm')).document?.container).toBe('html')
  })

  it.each([
    ['Chrome\'s', encode(
      'From: <Saved by Blink>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=x\r\n',
    )],
    ['Safari\'s', encode('bplist00\u00d1\u0001\u0002_WebMainResource')],
  ])('is not a web archive, %s: that is refused, and what to do is told', async (_what, bytes) => {
    const { document, told } = await decode(bytes, 'page.mhtml')
    expect(document).toBeUndefined()
    expect(told).toMatchObject([{ code: 'read/web-archive' }])
  })
})

describe('a decoded page', () => {
  it('holds elements, attributes and texts in order, without scripts and styles', async () => {
    const { root } = await decodeHtml(
      '<div ID=one class="a b" id=two>A &amp; B&#x2014;<script>if (a < b) "<p>"</script><b>c</b><style>p{}</style>d<br>e</div>',
    )
    const [div] = findElements(root, ({ name }) => name === 'div')
    expect([...div?.attributes ?? []]).toEqual([['id', 'one'], ['class', 'a b']])
    const children = div?.children.map((child) => (typeof child === 'string' ? child : child.name))
    expect(children).toEqual(['A & B—', 'b', 'd', 'br', 'e'])
  })

  it('reads an attribute without a value as the site writes it', async () => {
    const { root } = await decodeHtml('<th id= data-field=capability_id data-sortable="true">Capability ID</th>')
    const [th] = findElements(root, ({ name }) => name === 'th')
    expect([...th?.attributes ?? []]).toEqual([['id', 'data-field=capability_id'], ['data-sortable', 'true']])
  })

  it('is tidied as texts are: NFC, spaces, what prints nothing', async () => {
    const { root } = await decodeHtml('<p>Cafe&#x301;&nbsp;au\u200B\u2009lait</p>')
    expect(textOf(root)).toBe('Café au lait')
  })

  it('gives texts on one line or line by line', async () => {
    const { root } = await decodeHtml('<div>\n one\n  two <i>three</i><ul><li>four<li>five</ul>\n\n six<br>seven </div>')
    expect(textOf(root)).toBe('one two three four five six seven')
    expect(linesOf(root)).toEqual(['one', 'two three', '', 'four', '', 'five', '', '', '', 'six', '', 'seven'])
    expect(linesOf('  \n ')).toEqual([])
  })

  it('knows where tags stand, also behind Windows line ends and line ends in tags', async () => {
    const document = await decodeHtml('<html>\r\n<p\r\nid=x>a</p>\r\n  <table>\r\n</table>')
    const at = (wanted: string) => document.position(findElements(document.root, ({ name }) => name === wanted)[0]?.offset ?? 0)
    expect([at('html'), at('p'), at('table')]).toEqual([{ line: 1, column: 1 }, { line: 2, column: 1 }, { line: 4, column: 3 }])
  })

  it('begins parts of tables where they belong, whatever is left open', async () => {
    const { root } = await decodeHtml(
      '<table><thead><tr><th><b>A<th>B<tbody><tr><td><i>1<td>2<tr><td><table><tr><td>3</table><td>4</table>after',
    )
    const shape = (nodes: HtmlElement['children']): unknown => (
      nodes.map((node) => (typeof node === 'string' ? node : { [node.name]: shape(node.children) })))
    expect(shape(root.children)).toEqual([
      { table: [
        { thead: [{ tr: [{ th: [{ b: ['A'] }] }, { th: ['B'] }] }] },
        { tbody: [
          { tr: [{ td: [{ i: ['1'] }] }, { td: ['2'] }] },
          { tr: [{ td: [{ table: [{ tr: [{ td: ['3'] }] }] }] }, { td: ['4'] }] },
        ] },
      ] },
      'after',
    ])
  })

  it('knows what is open where it ends', async () => {
    const { openAtEnd } = await decodeHtml('<div><table><tr><td>a<td>b <a href="x')
    expect(openAtEnd.map(({ name }) => name)).toEqual(['div', 'table', 'tr', 'td'])
    expect((await decodeHtml('<div><p>a</div>')).openAtEnd).toEqual([])
  })

  it.each([
    ['Chrome', '<!-- saved from url=(0025)https://example.org/a?b=c -->'],
    ['SingleFile', '<!--\n Page saved with SingleFile \n url: https://example.org/a?b=c \n saved date: x -->'],
  ])('knows the address that %s saved it from', async (_browser, comment) => {
    expect((await decodeHtml(`<!DOCTYPE html>\n${comment}\n<html></html>`)).savedFrom).toBe('https://example.org/a?b=c')
  })

  it('knows no attribute by the names of JavaScript', async () => {
    const { root } = await decodeHtml('<p __proto__=x constructor=y toString=z>a</p>')
    const [p] = findElements(root, ({ name }) => name === 'p')
    expect(p?.attributes.get('constructor')).toBe('y')
    expect(p?.attributes.get('hasOwnProperty')).toBeUndefined()
  })
})

function latin(head: string): Uint8Array {
  return Uint8Array.from([...encode(`<!DOCTYPE html><html><head>${head}</head><p>`), 0xe9, 0x93, ...encode('</p></html>')])
}

async function textIn(bytes: Uint8Array) {
  const { document, told } = await decode(bytes)
  return { text: document?.container === 'html' ? textOf(document.root) : undefined, codes: told.map(({ code }) => code) }
}

describe('a page\'s encoding', () => {
  it.each([
    ['<meta charset="ISO-8859-1">'],
    ['<meta http-equiv=Content-Type content="text/html; charset=windows-1252">'],
  ])('is what %s says', async (meta) => {
    expect(await textIn(latin(meta))).toEqual({ text: 'é“', codes: [] })
  })

  it('is any that the platform knows', async () => {
    const bytes = Uint8Array.from([...encode('<html><meta charset=koi8-r><p>'), 0xd0, 0xd2, 0xc9, ...encode('</p>')])
    expect(await textIn(bytes)).toEqual({ text: 'при', codes: [] })
  })

  it('is Windows-1252, with a warning, where the bytes are not what they should be', async () => {
    expect(await textIn(latin(''))).toEqual({ text: 'é“', codes: ['read/encoding'] })
    expect(await textIn(latin('<meta charset="utf-8">'))).toEqual({ text: 'é“', codes: ['read/encoding'] })
    expect(await textIn(latin('<meta charset="no-such-thing">'))).toEqual({ text: 'é“', codes: ['read/encoding'] })
  })

  it('is UTF-8 where the bytes are, whatever an editor has left standing', async () => {
    expect(await textIn(encode('<html><meta charset="windows-1252"><p>é“</p>'))).toEqual({ text: 'é“', codes: [] })
  })

  it('is UTF-16 where its mark says so', async () => {
    const text = '\uFEFF<!DOCTYPE html><p>é</p>'
    const bytes = new Uint8Array(text.length * 2)
    const view = new DataView(bytes.buffer)
    for (let index = 0; index < text.length; index += 1) view.setUint16(index * 2, text.charCodeAt(index), true)
    expect(await textIn(bytes)).toEqual({ text: 'é', codes: [] })
  })
})

describe('a hostile page', () => {
  it('that nests too deep is refused, with its place', async () => {
    const { document, told } = await decode(`<html>\n${'<div>'.repeat(200_000)}`)
    expect(document).toBeUndefined()
    expect(told).toMatchObject([{ code: 'read/too-deep', origin: { place: { kind: 'text', line: 2 } } }])
    expect((await decode(`<html>${'<svg>'.repeat(200_000)}`)).told).toMatchObject([{ code: 'read/too-deep' }])
    expect((await decode(`${'<div>'.repeat(500)}x${'</div>'.repeat(500)}`)).document?.container).toBe('html')
  })

  it('takes linear time', async () => {
    const many = 200_000
    const texts = [
      '<div>'.repeat(500) + '</x>'.repeat(many), '<p>'.repeat(many), '</p>'.repeat(many), '<'.repeat(many), '<!--'.repeat(many),
      '<a '.repeat(many),
      `<a ${'b '.repeat(many)}>`, '&amp'.repeat(many), '<html>&'.repeat(many), '<![CDATA['.repeat(many), '<?'.repeat(many),
      '<form>'.repeat(many),
      `<!--${'-'.repeat(many)}`, `<meta ${'<meta charset '.repeat(many)}`, '<table><tr><td>x</table>'.repeat(many / 4),
      '<select><option>'.repeat(200),
    ]
    for (const text of texts) {
      const start = performance.now()
      await decode(`<html>${text}`)
      const isQuick = performance.now() - start < 5000
      expect({ text: text.slice(0, 30), isQuick }).toEqual({ text: text.slice(0, 30), isQuick: true })
    }
  })
})
