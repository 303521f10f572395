import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { DecodedDocument } from '../../src/formats/decoded.js'
import type { Parser } from '../../src/parsers/parser.js'
import { testFile } from '../support/read-tree.js'
import { anyFiles } from './arbitrary-documents.js'
import { countAccounted, findLostRows, findParserFlaws, readSample } from './find-parser-flaws.js'
import { freezeDeep } from './freeze-deep.js'
import type { ParserSample } from './parser-samples.js'
import type { SampleDocument } from './spoil-rows.js'

/**
 * What every parser keeps, whatever its dialect. Defines the tests; to be called where tests are collected. `samples` are
 * documents of the dialect, `others` are not: the parser must leave them alone.
 */
export function parserContract(parser: Parser, samples: readonly ParserSample[], others: readonly ParserSample[]): void {
  describe('describes itself', () => {
    it('in words, with extensions and containers', () => {
      expect(parser.id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
      expect(parser.title.trim().length).toBeGreaterThan(3)
      expect(parser.extensions.filter((extension) => !/^[a-z0-9]+(?:\.[a-z0-9]+)*$/.test(extension))).toEqual([])
      expect([parser.extensions.length > 0, parser.containers.length > 0, samples.length > 0]).toEqual([true, true, true])
    })
  })

  describe('sniffs', () => {
    it.each(own(samples))('%s, and is sure of it unless it must be named', async (_name, sample) => {
      const { confidence, reason } = parser.sniff(await decodeSample(sample))
      expect(reason.trim()).not.toBe('')
      expect(confidence > 0).toBe(parser.onlyWhenNamed !== true)
    })

    it('the documents of others, and leaves them alone', async () => {
      for (const sample of others) {
        const { confidence } = parser.sniff(await decodeSample(sample))
        // A table of nothing known is still a table, and what a parser is not quite sure of may be another's.
        expect([sample.name, confidence >= 0 && confidence <= 0.1]).toEqual([sample.name, true])
      }
    })

    // Held by the test's own time limit alone, which is far from what a slow machine takes: `npm run bench` measures.
    it('a large document without hanging over it', { timeout: 20_000 }, async () => {
      for (const document of await largeDocuments(parser)) {
        const { confidence } = parser.sniff(document)
        expect(confidence).toBeGreaterThanOrEqual(0)
      }
    })
  })

  describe('reads', () => {
    it.each(own(samples))('every row of %s, or reports which it leaves out', async (_name, sample) => {
      const { content, rows, leftOut = 0, statements } = sample
      const reading = await readSample(parser, await decodeSample(sample), statements)
      // The rows that a person counts, and those that the container has.
      expect(sample.countRows(content)).toBe(rows)
      expect(countAccounted(reading)).toEqual({ mappings: rows - leftOut, reported: leftOut })
      // Without rows to account for, the pipeline would check nothing.
      expect(reading.seen.length > 0).toBe(rows > 0)
    })

    it.each(own(samples))('%s without losing a row in silence, whatever value is missing', async (_name, sample) => {
      expect(await findLostRows(parser, sample)).toEqual([])
    })

    it.each(own(samples))('%s into sets that keep to the model and say where they come from', async (_name, sample) => {
      const document = await decodeSample(sample)
      expect(await findParserFlaws(parser, document.file, await readSample(parser, document, sample.statements))).toEqual([])
    })

    it.each(own(samples))('%s the same way twice, and leaves it as it is', async (_name, sample) => {
      const first = await readSample(parser, freezeContent(await decodeSample(sample)), sample.statements)
      const second = await readSample(parser, freezeContent(await decodeSample(sample)), sample.statements)
      expect(second).toEqual(first)
    })

    it('anything of its containers without throwing, and never out of the model', async () => {
      await fc.assert(fc.asyncProperty(anyFiles(parser.containers, samples), async ({ name, content }) => {
        const document = await decodeDocument(testFile(name, content), () => undefined)
        if (!document || !parser.containers.includes(document.container)) return
        const { confidence, reason } = parser.sniff(document)
        expect([confidence >= 0 && confidence <= 1, reason.trim() === '']).toEqual([true, false])
        const reading = await readSample(parser, document)
        expect(await findParserFlaws(parser, document.file, reading)).toEqual([])
        expect(reading.said.filter(({ code }) => code === 'parse/unaccounted')).toEqual([])
      }), { seed: 20_240_402, numRuns: 300 })
    })
  })
}

function own(samples: readonly ParserSample[]): readonly (readonly [string, ParserSample])[] {
  return samples.map((sample) => [sample.name, sample] as const)
}

async function decodeSample({ name, content }: SampleDocument): Promise<DecodedDocument> {
  const document = await decodeDocument(testFile(name, content), () => undefined)
  if (!document) throw new Error(`${name} could not be decoded`)
  return document
}

/** The content cannot be changed; what a document computes when asked, it may still remember. */
function freezeContent(document: DecodedDocument): DecodedDocument {
  if ('value' in document) freezeDeep(document.value)
  else if ('lines' in document) freezeDeep(document.lines)
  else if ('root' in document) freezeDeep(document.root)
  else for (const { rows } of document.sheets) freezeDeep(rows)
  return document
}

const large: Readonly<Record<string, string>> = {
  'large.txt': 'Some words on a line, of which none is a heading.\n'.repeat(50_000),
  'large.json': JSON.stringify({ list: Array.from({ length: 50_000 }, (_item, id) => ({ id, name: 'something' })) }),
  'large.csv': 'some,words,in,cells\n'.repeat(50_000),
  'large.html': `<html><body><table>${'<tr><td>some</td><td>words</td></tr>'.repeat(20_000)}</table></body></html>`,
}

async function largeDocuments({ containers }: Parser): Promise<readonly DecodedDocument[]> {
  const documents = await Promise.all(Object.entries(large).map(([name, content]) => decodeSample({ name, content })))
  return documents.filter(({ container }) => containers.includes(container))
}
