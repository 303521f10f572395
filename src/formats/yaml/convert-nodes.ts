import type * as Yaml from 'yaml'
import type { TreeValue } from '../decoded.js'
import type { PlaceBranch, PlaceNode } from '../places.js'

/** Limit of values that all aliases together refer to: PyYAML writes an alias for every list that rows share. */
const aliasedLimit = 1_000_000

/** Ends a conversion; caught by `composeYaml`. */
export class ConversionProblem extends Error {
  constructor(
    readonly code: 'read/malformed' | 'read/too-deep' | 'read/too-large',
    readonly at: number,
    message: string,
    readonly expected: string,
  ) {
    super(message)
  }
}

/** A YAML text as a value with its places. */
export interface Composed {
  readonly value: TreeValue
  readonly root: PlaceNode
}

interface Converted {
  readonly value: TreeValue
  readonly place: PlaceNode
}

interface Anchored {
  readonly value: TreeValue
  /** Number of values in it, itself included, and how deep they nest. */
  readonly weight: number
  readonly height: number
}

/**
 * Converts nodes of the package `yaml` to values and places. Throws `ConversionProblem`. Several documents make a list, without those that
 * are empty: `---` at the end of a file begins one.
 */
export function convertNodes(yaml: typeof Yaml, documents: readonly Yaml.Document.Parsed[], depthLimit: number): Composed {
  let anchors = new Map<string, Anchored | 'open'>()
  let weight = 0
  let aliased = 0
  let deepest = 0

  const filled = documents.filter(({ contents }) => !isEmpty(yaml, contents))
  const roots = (filled.length === 0 ? documents.slice(0, 1) : filled).map((document) => {
    anchors = new Map()
    return convert(document.contents, 0, document.range[0])
  })
  const [only] = roots
  return only && roots.length === 1
    ? { value: only.value, root: only.place }
    : { value: roots.map(({ value }) => value), root: { at: 0, items: roots.map(({ place }) => place) } }

  function convert(node: unknown, depth: number, fallback: number): Converted {
    weight += 1
    if (depth > deepest) deepest = depth
    if (yaml.isAlias(node)) return resolve(node, depth)
    if (!yaml.isNode(node)) return { value: null, place: fallback }
    const at = node.range?.[0] ?? fallback
    const { anchor } = node as { anchor?: string }
    if (anchor === undefined) return convertPlain(node, depth, at)

    const outside = { weight, deepest }
    deepest = depth
    anchors.set(anchor, 'open')
    const converted = convertPlain(node, depth, at)
    anchors.set(anchor, { value: converted.value, weight: weight - outside.weight + 1, height: deepest - depth })
    deepest = Math.max(deepest, outside.deepest)
    return converted
  }

  function convertPlain(node: Yaml.Node, depth: number, at: number): Converted {
    if (yaml.isScalar(node)) return { value: scalarValue(node), place: at }
    const place: PlaceBranch = yaml.isMap(node) ? { at, keys: [], items: [] } : { at, items: [] }
    if (yaml.isSeq(node)) {
      return { value: node.items.map((item) => keep(convert(item, depth + 1, at), place)), place }
    }
    if (!yaml.isMap(node)) return { value: null, place: at }
    const entries = node.items.map((pair) => {
      place.keys?.push(keyText(pair.key, depth, at))
      return keep(convert(pair.value, depth + 1, at), place)
    })
    // fromEntries defines members, so that a key such as __proto__ is an ordinary one.
    return { value: Object.fromEntries(entries.map((value, index) => [place.keys?.[index] ?? '', value])), place }
  }

  function keyText(key: unknown, depth: number, at: number): string {
    const { value, place } = convert(key, depth + 1, at)
    if (typeof value === 'object' && value !== null) {
      const start = typeof place === 'number' ? place : place.at
      throw new ConversionProblem('read/malformed', start, 'A key is a list or a mapping', 'a scalar')
    }
    return yaml.isScalar(key) && typeof key.source === 'string' ? key.source : String(value)
  }

  function resolve(alias: Yaml.Alias, depth: number): Converted {
    const at = alias.range?.[0] ?? 0
    const found = anchors.get(alias.source)
    if (found === undefined || found === 'open') {
      const expected = found ? 'an anchor that does not contain this alias' : `an anchor &${alias.source} before it`
      throw new ConversionProblem('read/malformed', at, `The alias *${alias.source} cannot be resolved`, expected)
    }
    weight += found.weight
    aliased += found.weight
    deepest = Math.max(deepest, depth + found.height)
    if (deepest > depthLimit) {
      throw new ConversionProblem('read/too-deep', at, 'Aliases nest deeper than the limit', `at most ${depthLimit} levels`)
    }
    if (aliased > aliasedLimit) {
      const most = `aliases of at most ${aliasedLimit} values`
      throw new ConversionProblem('read/too-large', at, 'Aliases make the document too large', most)
    }
    return { value: found.value, place: at }
  }
}

/** Whether a document has neither a value nor a written null. */
function isEmpty(yaml: typeof Yaml, contents: Yaml.ParsedNode | null): boolean {
  return contents === null || (yaml.isScalar(contents) && contents.value === null && (contents.source ?? '') === '')
}

function keep({ value, place }: Converted, parent: PlaceBranch): TreeValue {
  parent.items.push(place)
  return value
}

/** A number stays text if JavaScript would write it differently: the version 16.0 must not become 16. */
function scalarValue(node: Yaml.Scalar): TreeValue {
  const { value, source } = node
  if (typeof value === 'number' || typeof value === 'bigint') {
    return source === undefined || String(value) === source ? Number(value) : source
  }
  return typeof value === 'string' || typeof value === 'boolean' || value === null ? value : String(source ?? null)
}
