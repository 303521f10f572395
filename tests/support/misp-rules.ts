/** What MISP asks of the files in its folders `galaxies` and `clusters` (misp-galaxy, schema_galaxies.json and schema_clusters.json). */
const galaxyFields: Readonly<Record<string, string>> = {
  description: 'text!', type: 'text!', version: 'integer!', name: 'text!', uuid: 'text!', icon: 'text', namespace: 'text',
  kill_chain_order: 'object',
}
const fileFields: Readonly<Record<string, string>> = {
  description: 'text!', type: 'text!', version: 'integer!', name: 'text!', uuid: 'text!', source: 'text!', category: 'text!',
  values: 'list!', authors: 'texts!',
}
const clusterFields: Readonly<Record<string, string>> = {
  value: 'text!', description: 'text', uuid: 'text', revoked: 'flag', related: 'list', meta: 'object',
}
const relationFields: Readonly<Record<string, string>> = { 'dest-uuid': 'text', 'type': 'text', 'tags': 'texts' }
/** Others may stand in `meta`, of any kind. */
const metaFields: Readonly<Record<string, string>> = {
  'type': 'texts', 'refs': 'texts', 'synonyms': 'texts', 'extensions': 'texts', 'ransomnotes': 'texts', 'official-refs': 'texts',
  'complexity': 'text', 'effectiveness': 'text', 'country': 'text', 'possible_issues': 'text', 'colour': 'text', 'motive': 'text',
  'impact': 'text', 'status': 'text', 'date': 'text', 'encryption': 'text',
}

/** Where a galaxy breaks MISP's rules; empty when it does not. */
export function mispGalaxyFaults(galaxy: object): readonly string[] {
  return faults(galaxy, galaxyFields, 'galaxy')
}

/** Where a cluster file breaks MISP's rules; empty when it does not. */
export function mispClusterFaults(file: { readonly values: readonly { readonly related?: readonly object[], readonly meta: object }[] }): readonly string[] {
  const distinct = new Set(file.values.map((cluster) => JSON.stringify(cluster)))
  return [
    ...faults(file, fileFields, 'file'),
    ...(distinct.size === file.values.length ? [] : ['values stand twice']),
    ...file.values.flatMap((cluster, index) => [
      ...faults(cluster, clusterFields, `values/${index}`),
      ...(cluster.related ?? []).flatMap((relation) => faults(relation, relationFields, `values/${index}/related`)),
      ...faults(cluster.meta, metaFields, `values/${index}/meta`, true),
    ]),
  ]
}

function faults(value: object, fields: Readonly<Record<string, string>>, at: string, open = false): readonly string[] {
  const missing = Object.keys(fields).filter((name) => fields[name]?.endsWith('!') && !Object.hasOwn(value, name))
  const wrong = Object.entries(value).filter(([name, found]) => {
    const kind = Object.hasOwn(fields, name) ? fields[name]?.replace('!', '') : undefined
    return kind === undefined ? !open : !isOf(kind, found)
  })
  return [...missing.map((name) => `${at}: ${name} is missing`), ...wrong.map(([name]) => `${at}: ${name}`)]
}

function isOf(kind: string, value: unknown): boolean {
  switch (kind) {
    case 'text': return typeof value === 'string'
    case 'flag': return typeof value === 'boolean'
    case 'integer': return Number.isInteger(value)
    case 'list': return Array.isArray(value)
    case 'texts': return Array.isArray(value) && value.every((item) => typeof item === 'string') && new Set(value).size === value.length
    default: return typeof value === 'object' && value !== null && !Array.isArray(value)
  }
}
