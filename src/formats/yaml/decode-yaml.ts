import type * as Yaml from 'yaml'
import type { CST } from 'yaml'
import type { Report } from '../../diagnostics/diagnostic.js'
import { depthLimit, type DocumentFile, type TreeDocument } from '../decoded.js'
import { findDuplicates, placeFinder, positionFinder, reportDuplicates } from '../places.js'
import { type Composed, ConversionProblem, convertNodes } from './convert-nodes.js'

/**
 * Decodes a YAML document (YAML 1.2.2, core schema). Several documents in one file make a list. Undefined if it is not
 * well-formed, nests too deep or grows too large by its aliases, which is reported with its place (`read/malformed`,
 * `read/too-deep`, `read/too-large`). The last of repeated keys counts, which is reported (`read/duplicate-name`).
 */
export async function decodeYaml(file: DocumentFile, text: string, report: Report): Promise<TreeDocument | undefined> {
  const positionOf = positionFinder(text)
  const composed = composeYaml(await import('yaml'), text)
  if ('problem' in composed) {
    const { code, at, message, found, expected } = composed.problem
    report(code, {
      origin: { document: file.name, place: { kind: 'text', ...positionOf(at) } },
      ...(message !== undefined && { message }),
      ...(found !== undefined && { found }),
      ...(expected !== undefined && { expected }),
    })
    return undefined
  }
  const { value, root } = composed
  reportDuplicates(findDuplicates(root), positionOf, file, report)
  const find = placeFinder(root)
  return {
    container: 'yaml',
    file,
    value,
    locate(pointer) {
      const offset = find(pointer)
      return offset === undefined ? undefined : positionOf(offset)
    },
  }
}

/** Why a YAML text is refused, and the offset. */
interface YamlProblem {
  readonly code: 'read/malformed' | 'read/too-deep' | 'read/too-large'
  readonly at: number
  readonly message?: string
  readonly found?: string
  readonly expected?: string
}

/**
 * Tokens, then nodes, then values. The depth is checked on the tokens, without recursion: the package `yaml` composes nodes by
 * recursion, where deep nesting ends the process, not just the call.
 */
function composeYaml(yaml: typeof Yaml, text: string): Composed | { readonly problem: YamlProblem } {
  const tokens = readTokens(yaml, text)
  const deep = tokens === undefined ? 0 : tokenDepth(tokens, depthLimit)
  if (tokens === undefined || deep !== undefined) {
    return { problem: { code: 'read/too-deep', at: deep ?? 0, expected: `at most ${depthLimit} levels` } }
  }
  // Repeated keys are found by `findDuplicates`, in linear time: the package compares each with each.
  const composer = new yaml.Composer({ uniqueKeys: false, prettyErrors: false, strict: true })
  const documents = [...composer.compose(tokens, true, text.length)]
  const error = documents.flatMap((document) => document.errors)[0]
  if (error) return { problem: describeError(error, text) }
  try {
    return convertNodes(yaml, documents, depthLimit)
  } catch (problem) {
    if (problem instanceof ConversionProblem) return { problem }
    throw problem
  }
}

/** Undefined if the parser, which ends deep nesting by recursion, exhausts the stack: far beyond the limit. */
function readTokens(yaml: typeof Yaml, text: string): Yaml.CST.Token[] | undefined {
  try {
    return [...new yaml.Parser().parse(text)]
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function describeError(error: Yaml.YAMLParseError, text: string): YamlProblem {
  const at = Math.min(error.pos[0], text.length)
  const isCut = text.slice(at).trim() === ''
  const found = isCut ? 'the end of the file' : JSON.stringify(text.slice(at, at + 40).split(/[\r\n]/, 1)[0] ?? '')
  const detail = error.message.trim()
  return {
    code: 'read/malformed',
    at,
    message: isCut ? `The YAML file is cut off: ${detail}` : `The file is not well-formed YAML: ${detail}`,
    found,
  }
}

/** The offset at which tokens nest deeper than the limit; undefined if they do not. Not recursive. */
function tokenDepth(tokens: readonly CST.Token[], limit: number): number | undefined {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }))
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next
    if (depth > limit) return token.offset
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth })
    if (!('items' in token)) continue
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 })
      if (value) open.push({ token: value, depth: depth + 1 })
    }
  }
  return undefined
}
