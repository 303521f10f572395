import * as fc from 'fast-check'
import type { ContainerId } from '../../src/formats/decoded.js'
import type { ParserSample } from './parser-samples.js'

/** A file that may hold anything. */
export interface AnyFile {
  readonly name: string
  readonly content: string | Uint8Array
}

const words = fc.constantFrom(
  'T1078', 'T1059.001', 'AC-2', 'Mappings', 'ATT&CK ID', 'Capability ID', 'mitigates', 'technique', '__proto__', 'constructor',
  '=1+1', '"', "'", '\t', ';', ',', '\n', '\r', '\u0000', '\u202e', '\ud800', ' ', '\u00e9', '1', '-1e999',
  '<td>', '<!--', '&#x0;', '---', '# ', '- ', ': ', '|', '{', '}', '[', ']',
)
const anything = fc.string({ unit: 'binary', maxLength: 8 })
const pieces = fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: anything })
const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''))

/** Text that a container's decoder takes, more often than not. */
const contents: Readonly<Record<ContainerId, { readonly extension: string; readonly content: fc.Arbitrary<string> }>> = {
  text: { extension: 'txt', content: texts },
  json: { extension: 'json', content: fc.json() },
  yaml: { extension: 'yaml', content: fc.oneof(fc.json(), texts) },
  toml: { extension: 'toml', content: texts },
  csv: { extension: 'csv', content: texts },
  workbook: { extension: 'csv', content: texts },
  html: { extension: 'html', content: texts.map((text) => `<html><body><table><tr><td>${text}`) },
}

/** Any files of the containers: nothing that a dialect knows, and its samples with a piece taken out, put in or moved. */
export function anyFiles(containers: readonly ContainerId[], samples: readonly ParserSample[]): fc.Arbitrary<AnyFile> {
  const foreign = containers.map((container) => {
    const { extension, content } = contents[container]
    return content.map((text): AnyFile => ({ name: `any.${extension}`, content: text }))
  })
  return fc.oneof(...foreign, ...samples.map(mutate), ...samples.filter(({ name }) => name.endsWith('.json')).map(mutateTree))
}

function mutate({ name, content }: ParserSample): fc.Arbitrary<AnyFile> {
  const place = fc.nat(content.length)
  return fc.record({ from: place, length: fc.nat(40), to: place, piece: texts }).map(({ from, length, to, piece }) => {
    const rest = content.slice(0, from) + content.slice(from + length)
    return { name, content: rest.slice(0, to) + piece + rest.slice(to) }
  })
}

/** Well-formed still, but with another value somewhere. */
function mutateTree({ name, content }: ParserSample): fc.Arbitrary<AnyFile> {
  return fc.record({ pick: fc.nat(), value: fc.jsonValue({ maxDepth: 2 }) }).map(({ pick, value }) => {
    let left = pick % Math.max(1, countValues(JSON.parse(content)))
    const changed: unknown = JSON.parse(content, (_key, old: unknown) => (left-- === 0 ? value : old))
    return { name, content: JSON.stringify(changed) }
  })
}

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, item) => sum + countValues(item), 1)
}
