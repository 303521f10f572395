import type { DocumentFile } from './decoded.js'
import { decodeHead } from './decode-head.js'

/** How many bytes are looked at: enough for the comments that may stand above the first key. */
const WINDOW = 8192

/** What JSON documents begin with: an object's first name, or a list of objects or texts; Markdown's `[link]` with neither. */
const JSON_HEAD = /^\s*(?:\{\s*["}]|\[\s*(?:[{"\]]|$)|\{\s*$)/

/** Names at the start of lines that only mapping documents in YAML have: CTID's unified shape and its Security Stack one. */
const YAML_NAMES: ReadonlySet<string> = new Set([
  'metadata', 'mapping_objects', 'mapping_framework', 'attack_version', 'technology_domain', 'ATT&CK version', 'creation date', 'techniques',
])

/**
 * Whether a text is a JSON or YAML document. The name decides where it ends in .json, .yaml or .yml; elsewhere the content does,
 * cautiously: prose stays text.
 */
export function sniffTree(file: DocumentFile): 'json' | 'yaml' | undefined {
  const head = decodeHead(file.bytes.subarray(0, WINDOW))
  const extension = /\.(json|ya?ml)(?:\.gz)?$/i.exec(file.name)?.[1]?.toLowerCase()
  if (extension === 'json') return 'json'
  if (extension !== undefined) return 'yaml'
  if (JSON_HEAD.test(head)) return 'json'
  return looksLikeYaml(head) ? 'yaml' : undefined
}

/** The first key of the document, after its comments and its `---`, must be one that is known. */
function looksLikeYaml(head: string): boolean {
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^(?:#|%|---\s*$)/.test(line))
  const first = lines[0]
  if (first === undefined) return false
  if (hasKnownName(first)) return true
  // Security Stack files begin with "version:" or "name:", as prose may; then a second known name must follow soon.
  return /^(?:version|name):\s/.test(first) && lines.slice(1, 6).some(hasKnownName)
}

function hasKnownName(line: string): boolean {
  const name = /^(?:- )?["']?([\w& ]+)["']?:(?:\s|$)/.exec(line)?.[1]
  return name !== undefined && YAML_NAMES.has(name)
}
