import { gzipSync } from 'node:zlib'
import { type Attack, hostileWorkbooks } from './hostile-workbooks.js'

const many = (piece: string, count: number): string => piece.repeat(count)
const list = (count: number, item: (index: number) => string, separator = '\n'): string => Array.from({ length: count }, (_, index) => item(index)).join(separator)
const page = (body: string): string => `<!DOCTYPE html><html><head><title>x</title></head><body>${body}</body></html>`
const header = 'capability_id,technique\n'

const json: readonly Attack[] = [
  { name: 'lists.json', what: 'JSON: 300,000 lists in each other', make: () => many('[', 300_000), code: 'read/too-deep' },
  { name: 'objects.json', what: 'JSON: 100,000 objects in each other', make: () => many('{"a":', 100_000), code: 'read/too-deep' },
  { name: 'values.json', what: 'JSON: a list of five million numbers', make: () => `[${many('0,', 5_000_000)}0]`, code: 'read/too-large' },
  { name: 'keys.json', what: 'JSON: four million times the same key', make: () => `{${many('"a":0,', 4_000_000)}"a":0}`, code: 'read/too-large' },
  { name: 'string.json', what: 'JSON: a string of 1.1 million characters', make: () => `{"a":"${many('x', 1_100_000)}"}`, code: 'read/too-large' },
  { name: 'number.json', what: 'JSON: a number of a million digits', make: () => `{"a":${many('9', 1_000_000)}}`, code: 'parse/unknown-format' },
  { name: 'open.json', what: 'JSON: a string that never ends', make: () => `{"a":"${many('x ', 400_000)}`, code: 'read/malformed' },
  { name: 'escapes.json', what: 'JSON: 150,000 escaped lone surrogates', make: () => `{"a":"${many(String.raw`\ud800`, 150_000)}"}`, code: 'parse/unknown-format' },
  { name: 'prototype.json', what: 'JSON: keys that change prototypes', make: () => '{"__proto__":{"techniques":[]},"constructor":{"prototype":{"a":1}}}', code: 'parse/unknown-format' },
  { name: 'entries.json', what: 'a layer of 100,001 entries', make: () => layer(100_001), code: 'read/too-large' },
  { name: 'layers.json', what: 'a list of 600 layers, each of a framework of its own', make: () => `[${list(600, (index) => layer(1, `framework ${index}`), ',')}]`, code: 'read/too-large' },
  { name: 'mappings.json', what: 'a mapping file of 100,001 rows', make: () => mappingFile(100_001), code: 'read/too-large' },
  { name: 'files.json', what: 'a list of 600 mapping files, each of a version of its own', make: () => `[${list(600, (index) => mappingFile(1, `v${index}`), ',')}]`, code: 'read/too-large' },
  { name: 'cycle.json', what: 'a bundle of 20,000 objects that refer to each other in a circle', make: () => bundle(20_000), code: 'parse/no-mappings', isRead: true },
  { name: 'null.json', what: 'a mapping file whose rows are null', make: () => mappingFile(0).replace('[]', `[${many('null,', 2000)}null]`), code: 'parse/unreadable-row' },
  { name: 'nul.json', what: 'JSON: a million characters NUL', make: () => many('\0', 1_000_000), code: 'read/binary' },
  { name: 'commas.json', what: 'JSON: half a million commas', make: () => `[${many(',', 500_000)}]`, code: 'read/malformed' },
]

function layer(entries: number, framework = 'x'): string {
  return JSON.stringify({
    name: framework, domain: 'enterprise-attack', versions: { attack: '16', navigator: '5.1.0', layer: '4.5' }, description: framework,
    techniques: Array.from({ length: entries }, (_, index) => ({ techniqueID: 'T1078', score: 1, comment: `${framework} ${index}` })),
  })
}

function mappingFile(rows: number, version = 'rev5'): string {
  return JSON.stringify({
    metadata: {
      mapping_version: '1', technology_domain: 'enterprise', attack_version: '16.1', mapping_framework: 'nist_800_53',
      mapping_framework_version: version, mapping_types: { mitigates: { name: 'mitigates', description: 'x' } }, capability_groups: { AC: 'Access' },
    },
    mapping_objects: Array.from({ length: rows }, (_, index) => ({
      capability_id: `AC-${index}`, capability_group: 'AC', capability_description: 'x', attack_object_id: 'T1078', attack_object_name: 'Valid Accounts',
      mapping_type: 'mitigates', comments: '', references: [], status: 'complete',
    })),
  })
}

function bundle(count: number): string {
  const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index % count).padStart(12, '0')}`
  return JSON.stringify({
    type: 'bundle', id: `bundle--${uuid(0)}`,
    objects: Array.from({ length: count }, (_, index) => ({
      type: 'relationship', spec_version: '2.1', id: `relationship--${uuid(index)}`, relationship_type: 'mitigates',
      source_ref: `relationship--${uuid(index + 1)}`, target_ref: `relationship--${uuid(index + 2)}`,
    })),
  })
}

const yaml: readonly Attack[] = [
  { name: 'flow.yaml', what: 'YAML: a million brackets', make: () => many('[', 1_000_000), code: 'read/too-deep' },
  { name: 'block.yaml', what: 'YAML: 100,000 lists in each other, in one line', make: () => `${many('- ', 100_000)}x\n`, code: 'read/too-deep' },
  { name: 'maps.yaml', what: 'YAML: objects in each other by indentation', make: () => list(600, (index) => `${many(' ', index)}a:`), code: 'read/too-deep' },
  { name: 'long.yaml', what: 'YAML: 11 MB', make: () => many('- a\n', 2_750_000), code: 'read/too-large' },
  { name: 'many.yaml', what: 'YAML: half a million values', make: () => many('- a\n', 500_001), code: 'read/too-large' },
  { name: 'laughs.yaml', what: 'YAML: a billion laughs, aliases of aliases', make: () => list(10, (index) => `a${index}: &a${index} [${many(index === 0 ? 'x,' : `*a${index - 1},`, 10)}]`), code: 'read/too-large' },
  { name: 'self.yaml', what: 'YAML: a list that contains itself', make: () => 'a: &a [*a, *a]\n', code: 'read/malformed' },
  { name: 'merge.yaml', what: 'YAML: merge keys of merge keys', make: () => list(40, (index) => `a${index}: &a${index} {<<: [${index === 0 ? '' : `*a${index - 1}, *a${index - 1}`}], k${index}: 1}`), code: 'read/too-large' },
  { name: 'documents.yaml', what: 'YAML: 50,000 documents in a file', make: () => many('--- a\n', 50_000), code: 'parse/unknown-format' },
  { name: 'quote.yaml', what: 'YAML: a quote that never ends', make: () => `a: "${many('x ', 300_000)}`, code: 'read/malformed' },
  { name: 'tags.yaml', what: 'YAML: a tag that names code', make: () => 'a: !!js/function "function () { for (;;); }"\nb: !!python/object/apply:os.system [ls]\n', code: 'parse/unknown-format' },
  { name: 'anchors.yaml', what: 'YAML: 50,000 anchors', make: () => list(50_000, (index) => `- &a${index} x`), code: 'parse/unknown-format' },
  { name: 'key.yaml', what: 'YAML: a key of 200,000 characters', make: () => `? ${many('k', 200_000)}\n: 1\n`, code: 'parse/unknown-format' },
]

const toml: readonly Attack[] = [
  { name: 'lists.toml', what: 'TOML: 100,000 lists in each other', make: () => `a = ${many('[', 100_000)}`, code: 'read/too-deep' },
  { name: 'dots.toml', what: 'TOML: a key of 50,000 names', make: () => `${many('a.', 50_000)}a = 1\n`, code: 'read/too-deep' },
  { name: 'tables.toml', what: 'TOML: 30,000 tables', make: () => list(30_000, (index) => `[a.b${index}]`), code: 'parse/unknown-format' },
  { name: 'arrays.toml', what: 'TOML: tables of tables in each other', make: () => list(400, (index) => `[[a${many('.a', index)}]]`), code: 'read/too-deep' },
  { name: 'string.toml', what: 'TOML: a string that never ends', make: () => `a = """${many('x ', 300_000)}`, code: 'read/malformed' },
  { name: 'long.toml', what: 'TOML: 11 MB', make: () => `a = 1\n${many('# comment\n', 1_100_000)}`, code: 'read/too-large' },
]

const csv: readonly Attack[] = [
  { name: 'cell.csv', what: 'CSV: a cell of 1.1 million characters', make: () => `${header}AC-2,${many('x ', 550_000)}`, code: 'read/too-large' },
  { name: 'rows.csv', what: 'CSV: 100,001 rows', make: () => header + many('AC-2,T1078\n', 100_001), code: 'read/too-large' },
  { name: 'cells.csv', what: 'CSV: five million commas in a row', make: () => header + many(',', 5_000_001), code: 'read/too-large' },
  { name: 'columns.csv', what: 'CSV: 50,000 columns', make: () => `${list(50_000, (index) => `c${index}`, ',')}\n${many('T1078,', 50_000)}\n`, code: 'parse/no-columns' },
  { name: 'quote.csv', what: 'CSV: a quote that never ends', make: () => `${header}AC-2,"${many('T1078\n', 150_000)}`, code: 'read/too-large' },
  { name: 'quotes.csv', what: 'CSV: half a million quotes', make: () => header + many('"', 500_001), code: 'read/stray-quote', isRead: true },
  { name: 'list.csv', what: 'CSV: two cells that list 60,000 techniques each', make: () => header + many(`AC-2,"${list(60_000, (index) => `T${1000 + (index % 9000)}.00${Math.floor(index / 9000)}`, ';')}"\n`, 2), code: 'read/too-large' },
  { name: 'frameworks.csv', what: 'CSV: 201 frameworks', make: () => `mapping_framework,${header}${list(201, (index) => `f${index},AC-2,T1078`)}\n`, code: 'read/too-large' },
  { name: 'product.csv', what: 'CSV: 400 capabilities times 400 techniques in a row', make: () => `${header}"${list(400, (index) => `AC-${index}`, ';')}","${list(400, (index) => `T${1001 + index}`, ';')}"\n`, code: 'read/too-large' },
  { name: 'nul.csv', what: 'CSV: half NUL characters', make: () => header + many('A\0,T1078\n', 2000), code: 'read/binary' },
  { name: 'latin.csv', what: 'CSV: bytes that are no UTF-8', make: () => Buffer.concat([Buffer.from(header), Buffer.from([0x41, 0xff, 0xfe, 0x2c]), Buffer.from('T1078\n')]), code: 'read/encoding', isRead: true },
  { name: 'formula.csv', what: 'CSV: an id that is a formula', make: () => `${header}"=HYPERLINK(""http://x"")",T1078\n`, code: 'parse/unknown-framework', isRead: true },
]

const html: readonly Attack[] = [
  { name: 'elements.html', what: 'HTML: 400,001 elements', make: () => page(many('<p>', 400_001)), code: 'read/too-large' },
  { name: 'nested.html', what: 'HTML: 100,000 elements in each other', make: () => page(many('<div>', 100_000)), code: 'read/too-deep' },
  { name: 'cells.html', what: 'HTML: 100,000 cells without an end', make: () => page(`<table><tr>${many('<td>T1078', 100_000)}`), code: 'parse/unknown-format' },
  { name: 'spans.html', what: 'HTML: cells that span 65,534 rows and 1000 columns', make: () => page(`<table>${many('<tr><td rowspan=65534 colspan=1000>T1078</td></tr>', 2000)}</table>`), code: 'parse/unknown-format' },
  { name: 'attributes.html', what: 'HTML: an element of 100,000 attributes', make: () => page(`<p ${list(100_000, (index) => `a${index}=1`, ' ')}>x</p>`), code: 'parse/unknown-format' },
  { name: 'comment.html', what: 'HTML: a comment that never ends', make: () => page(`<!--${many('-- ', 300_000)}`), code: 'parse/unknown-format' },
  { name: 'entities.html', what: 'HTML: 200,000 entities', make: () => page(`<p>${many('&amp;', 200_000)}</p>`), code: 'parse/unknown-format' },
  { name: 'angles.html', what: 'HTML: half a million angle brackets', make: () => page(many('<', 500_000)), code: 'parse/unknown-format' },
  { name: 'script.html', what: 'HTML: a script that never ends', make: () => page(`<script>${many('</scrip', 140_000)}`), code: 'parse/unknown-format' },
  { name: 'tables.html', what: 'HTML: 3000 tables in each other', make: () => page(many('<table><tr><td>', 3000)), code: 'read/too-deep' },
]

const text: readonly Attack[] = [
  { name: 'line.txt', what: 'text: a line of 1.1 million characters', make: () => `T1078\n${many('x ', 550_000)}`, code: 'read/too-large' },
  { name: 'lines.txt', what: 'text: 200,001 lines', make: () => many('T1078 x\n', 200_001), code: 'read/too-large' },
  { name: 'ids.txt', what: 'text: a page of 100,000 technique ids', make: () => `T1078 Valid Accounts\n\nNIST 800-53 Mappings\n\n${many('T1078 ', 100_000)}`, code: 'parse/no-mappings', isRead: true },
  { name: 'blank.txt', what: 'text: a million blank lines', make: () => many('\n', 1_000_000), code: 'read/empty' },
  { name: 'picture.txt', what: 'text: a picture with the name of a text', make: () => Buffer.from(`89504e470d0a1a0a${many('00ff10', 5000)}`, 'hex'), code: 'read/binary' },
  { name: 'document.txt', what: 'text: a PDF with the name of a text', make: () => `%PDF-1.7\n${many('\u0001\u0002\u0003', 5000)}`, code: 'read/binary' },
  { name: 'marks.txt', what: 'text: a letter with 200,000 accents', make: () => `T1078\na${many('\u0301', 200_000)}`, code: 'parse/no-mappings', isRead: true },
]

const gzip: readonly Attack[] = [
  { name: 'spaces.json.gz', what: 'gzip: 100 MB of spaces in 100 kB', make: () => gzipSync(Buffer.alloc(100_000_000, 0x20)), code: 'read/inflates-too-much' },
  { name: 'lists.json.gz', what: 'gzip: 20 MB of lists', make: () => gzipSync(many('[],', 7_000_000)), code: 'read/inflates-too-much' },
  { name: 'twice.json.gz', what: 'gzip in gzip', make: () => gzipSync(gzipSync(Buffer.alloc(100_000_000, 0x20))), code: 'read/binary' },
  { name: 'cut.json.gz', what: 'gzip: cut off', make: () => gzipSync(mappingFile(500)).subarray(0, 900), code: 'read/malformed' },
  { name: 'empty.json.gz', what: 'gzip: nothing', make: () => gzipSync(''), code: 'read/empty' },
  { name: 'sum.json.gz', what: 'gzip: a wrong checksum', make: () => wrongSum(gzipSync(mappingFile(5))), code: 'read/malformed' },
]

function wrongSum(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === bytes.length - 8 ? byte ^ 0xff : byte))
}

/** All attacks: docs/limits.md lists them, and tests/e2e/hostile-documents.test.ts tries them. */
export const attacks: readonly Attack[] = [...json, ...yaml, ...toml, ...csv, ...html, ...text, ...gzip, ...hostileWorkbooks]
