import type { Mapping } from '../../model/mapping.js'
import type { FileReader } from '../reading/file-reader.js'
import type { JoinedPair } from './pair.js'

/** What ATT&CK calls a technique: T1059, T1059.001, in capitals or not. */
const TECHNIQUE = /^T\d{4}(?:\.\d{3})?$/i

/** The rows of pairs with techniques. Pairs with anything else, such as ATT&CK's groups, are counted and said. */
export function buildRows(pairs: readonly JoinedPair[], reader: FileReader): readonly Mapping[] {
  const others = pairs.filter(({ pair }) => !TECHNIQUE.test(pair.attackId))
  const [first] = others
  if (first) {
    const { attackId, name, pointer } = first.pair
    reader.report('parse/not-techniques', pointer, {
      found: name === undefined ? attackId : `${attackId} (${name})`,
      expected: 'techniques, T1059 or T1059.001',
      count: others.length,
    })
  }
  return pairs.filter(({ pair }) => TECHNIQUE.test(pair.attackId)).map((pair) => buildRow(pair, reader))
}

function buildRow({ pair: { attackId, name, capability: id, pointer }, pointers }: JoinedPair, reader: FileReader): Mapping {
  const origins = pointers.map((at) => reader.origin(at))
  const technique = { id: attackId, ...(name !== undefined && { name }) }
  if (id === undefined) {
    reader.report('parse/missing-capability', pointer, { found: `the technique ${attackId}`, expected: 'a list of VERIS ids' })
    return { kind: 'unmapped-technique', origins, technique }
  }
  const group = groupOf(id)
  return { kind: 'mapped', origins, capability: { id }, technique, relation: 'related_to', ...(group !== undefined && { group }) }
}

/** The group of an id in CTID's unified files: its first two parts, without spaces; value_chain.non-distribution_services. */
function groupOf(id: string): string | undefined {
  const [axis = '', category = '', ...rest] = id.split('.')
  return axis === '' || category === '' || rest.length === 0 ? undefined : `${axis}.${category}`.replaceAll(' ', '_')
}
