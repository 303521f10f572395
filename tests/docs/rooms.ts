import { readSources, type SourceFile } from './read-imports.js'

/** A folder of src/: what it is for, and the folders that its files may import. */
interface Room {
  readonly about: string
  readonly uses: readonly string[]
}

/** The folders of src/, from what people run down to what everything stands on. Printed in docs/architecture.md. */
export const rooms: Readonly<Record<string, Room>> = {
  cli: {
    about: 'The command line: arguments, exit codes, progress, colours. The only user of `process`.',
    uses: ['node', 'library', 'io', 'analyses', 'pipeline', 'taxii', 'parsers', 'emitters', 'validation', 'coverage', 'attack', 'formats', 'schemas', 'diagnostics', 'model'],
  },
  web: {
    about: '`crosswalk.html`: the library in a page, in one file. Forms and results, and the worker that converts.',
    uses: ['emitters', 'attack', 'diagnostics', 'model'],
  },
  node: {
    about: "The library's functions with disk and network: hosts, releases, TAXII. The package's entry `attack-crosswalk/node`.",
    uses: ['library', 'io', 'pipeline', 'taxii', 'parsers', 'emitters', 'attack', 'formats', 'diagnostics', 'model'],
  },
  library: {
    about: "The library's functions: they check what they are given, then call the pipeline and the analyses.",
    uses: ['analyses', 'pipeline', 'parsers', 'emitters', 'validation', 'coverage', 'attack', 'formats', 'diagnostics', 'model'],
  },
  io: {
    about: 'Disk, network, and the store of added ATT&CK releases. The only user of `node:fs` and sockets.',
    uses: ['pipeline', 'taxii', 'attack', 'frameworks', 'formats', 'diagnostics', 'model'],
  },
  analyses: {
    about: '`upgrade`, `diff`, `coverage` and `bridge`, and how their reports are rendered.',
    uses: ['pipeline', 'emitters', 'matching', 'coverage', 'schemas', 'attack', 'formats', 'diagnostics', 'model'],
  },
  pipeline: {
    about: 'Convert, understand and validate documents: the sentence above as code, and the host that it reads and writes through.',
    uses: ['parsers', 'emitters', 'rules', 'validation', 'matching', 'schemas', 'attack', 'coverage', 'frameworks', 'formats', 'diagnostics', 'model'],
  },
  taxii: {
    about: 'A TAXII 2.1 server and client, without sockets.',
    uses: ['attack', 'formats', 'diagnostics', 'model'],
  },
  parsers: { about: 'One folder for each dialect that is read, and the registry.', uses: ['attack', 'frameworks', 'formats', 'diagnostics', 'model'] },
  emitters: {
    about: 'One folder for each format that is written, how it is recognised and validated, and the registry.',
    uses: ['validation', 'coverage', 'schemas', 'attack', 'frameworks', 'formats', 'diagnostics', 'model'],
  },
  rules: { about: 'Named rules that normalise a set, and that check it against ATT&CK.', uses: ['attack', 'diagnostics', 'model'] },
  validation: {
    about: 'What validators of several formats share, and the rules of STIX 2.1.',
    uses: ['schemas', 'attack', 'formats', 'diagnostics'],
  },
  matching: { about: 'Which row is which: merging, completing and comparing sets.', uses: ['diagnostics', 'model'] },
  coverage: { about: 'What a set says of each technique, and the matrix.', uses: ['attack', 'model'] },
  attack: { about: 'ATT&CK releases: index, bundles, look-up, changes between releases.', uses: ['formats', 'diagnostics', 'model'] },
  frameworks: { about: 'What is known of each framework: ids, names, versions, how STIX shows its capabilities.', uses: ['model'] },
  formats: { about: 'Containers: bytes become text, trees and tables that remember their places.', uses: ['diagnostics', 'model'] },
  schemas: { about: 'The schemas of `schemas/`, compiled.', uses: [] },
  diagnostics: { about: 'The catalogue of messages, the log, and its reporters: text, JSON, SARIF.', uses: ['model'] },
  model: { about: 'Mapping sets, rows, origins, scores, versions: types and their constructors.', uses: [] },
}

/** The room of a file, by its path below src/; "" for the library's entry. */
export function roomOf(name: string): string {
  return name.includes('/') ? (name.split('/', 1)[0] ?? '') : ''
}

/** The rooms as a table in Markdown, for docs/architecture.md. */
export function renderRooms(): string {
  const sources = readSources()
  const lines = Object.entries(rooms).map(([room, { about, uses }]) => {
    const count = sources.filter(({ name }) => roomOf(name) === room).length
    return `| [\`${room}\`](../src/${room}) | ${count} | ${about} | ${uses.toSorted().join(', ')} |`
  })
  return ['| folder | files | | may import |', '|---|---|---|---|', ...lines].join('\n')
}

/** The files of src/ that import each other, types included: each list is one circle. `import()` does not count. */
export function findCircles(sources: readonly SourceFile[]): readonly (readonly string[])[] {
  const targets = new Map(sources.map(({ name, eager }) => [name, eager]))
  const reachable = (from: string): ReadonlySet<string> => {
    const seen = new Set<string>()
    const queue = [...(targets.get(from) ?? [])]
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      queue.push(...(targets.get(next) ?? []))
    }
    return seen
  }
  const reach = new Map(sources.map(({ name }) => [name, reachable(name)]))
  const inCircle = sources.map(({ name }) => name).filter((name) => reach.get(name)?.has(name))
  const circles = new Map(inCircle.map((name) => {
    const members = inCircle.filter((other) => reach.get(name)?.has(other) && reach.get(other)?.has(name))
    return [members.join(), members]
  }))
  return [...circles.values()]
}
