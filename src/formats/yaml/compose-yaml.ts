import type * as Yaml from 'yaml'
import { type Composed, ConversionProblem, convertNodes } from './convert-nodes.js'
import { tokenDepth } from './token-depth.js'

/** Why a YAML text was refused, and where. */
export interface YamlProblem {
  readonly code: 'read/malformed' | 'read/too-deep' | 'read/too-large'
  readonly at: number
  readonly message?: string
  readonly found?: string
  readonly expected?: string
}

/**
 * Tokens, then nodes, then values. The depth is checked on the tokens, without recursion: the package composes by recursion,
 * and deep nesting there ends the whole process, not just the call.
 */
export function composeYaml(yaml: typeof Yaml, text: string, depthLimit: number): Composed | { readonly problem: YamlProblem } {
  const tokens = readTokens(yaml, text)
  const deep = tokens === undefined ? 0 : tokenDepth(tokens, depthLimit)
  if (tokens === undefined || deep !== undefined) {
    return { problem: { code: 'read/too-deep', at: deep ?? 0, expected: `at most ${depthLimit} levels` } }
  }
  // Names are checked for repetition in `convertNodes`, in linear time: the package compares each with each.
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

/** The parser itself unwinds deep nesting by recursion; what exhausts it is deeper than any limit of ours. */
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
  const broken = text.slice(at).trim() === ''
  const found = broken ? 'the end of the file' : JSON.stringify(text.slice(at, at + 40).split(/[\r\n]/, 1)[0] ?? '')
  const said = error.message.trim()
  return {
    code: 'read/malformed',
    at,
    message: broken ? `The YAML file breaks off before its end: ${said}` : `The file is not well-formed YAML: ${said}`,
    found,
  }
}
