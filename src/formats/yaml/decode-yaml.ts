import type * as Yaml from 'yaml'
import type { CST } from 'yaml'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { DocumentFile, TreeDocument } from '../decoded.js'
import { type Excess, type Limits, reportExcess, tooDeep, usualLimits } from '../limits.js'
import { findDuplicates, placeLocator, positionFinder, reportDuplicates } from '../places.js'
import { type Composed, ConversionProblem, convertNodes } from './convert-nodes.js'

/**
 * Decodes a YAML document (YAML 1.2.2, core schema). Several documents in one file make a list. Undefined if it is not
 * well-formed, nests too deep, or is or grows by its aliases too large, which is reported with its place (`read/malformed`,
 * `read/too-deep`, `read/too-large`). The last of repeated keys counts, which is reported (`read/duplicate-name`).
 */
export async function decodeYaml(file: DocumentFile, text: string, report: Report, limits: Limits = usualLimits): Promise<TreeDocument | undefined> {
  const positionOf = positionFinder(text)
  const composed = composeYaml(await import('yaml'), text, limits)
  if ('excess' in composed) {
    reportExcess({ ...composed.excess, place: { kind: 'text', ...positionOf(composed.at) } }, file, limits, report)
    return undefined
  }
  if ('problem' in composed) {
    const { code, at } = composed.problem
    if (code === 'read/too-deep') {
      reportExcess(tooDeep(positionOf(at), limits), file, limits, report)
      return undefined
    }
    const { message, found, expected } = composed.problem
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
  return {
    container: 'yaml',
    file,
    value,
    locate: placeLocator(() => root, positionOf),
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

/** A limit that a YAML text exceeds, and the offset. */
interface YamlExcess {
  readonly excess: Excess
  readonly at: number
}

/**
 * Tokens, then nodes, then values. The depth is checked while the tokens are made, without recursion: the package `yaml` composes nodes by
 * recursion, where deep nesting ends the process, not just the call.
 */
function composeYaml(yaml: typeof Yaml, text: string, limits: Limits): Composed | YamlExcess | { readonly problem: YamlProblem } {
  const tokens = readTokens(yaml, text, limits)
  if (!Array.isArray(tokens)) return tokens
  const deep = tokenDepth(tokens, limits.depth)
  if (deep !== undefined) return excessOfDepth(deep, limits)
  // Repeated keys are found by `findDuplicates`, in linear time: the package compares each with each.
  const composer = new yaml.Composer({ uniqueKeys: false, prettyErrors: false, strict: true })
  const documents = [...composer.compose(tokens, true, text.length)]
  const error = documents.flatMap((document) => document.errors)[0]
  if (error) return { problem: describeError(error, text) }
  try {
    return convertNodes(yaml, documents, limits.depth)
  } catch (problem) {
    if (problem instanceof ConversionProblem) return { problem }
    throw problem
  }
}

/** Begins scalars without quotes (YAML package, CST). */
const scalarMark = '\u{1f}'

/** The tokens of a text. Ends at the first that exceeds a limit: tokens take a hundred times as much memory as their text. */
function readTokens(yaml: typeof Yaml, text: string, limits: Limits): Yaml.CST.Token[] | YamlExcess {
  const parser = new yaml.Parser()
  const tokens: Yaml.CST.Token[] = []
  // Beside lists and mappings, the parser's stack contains the document and a scalar.
  const deepest = limits.depth + 3
  let values = 0
  for (const lexeme of new yaml.Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > deepest) return excessOfDepth(parser.offset, limits)
    if (lexeme === scalarMark || lexeme.startsWith('"') || lexeme.startsWith("'") || lexeme === '[' || lexeme === '{') values += 1
    if (values > limits['yaml-values']) return { excess: { limit: 'yaml-values', found: values }, at: parser.offset }
  }
  for (const token of parser.end()) tokens.push(token)
  return tokens
}

function excessOfDepth(at: number, { depth }: Limits): YamlExcess {
  return { excess: { limit: 'depth', found: depth + 1 }, at }
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
