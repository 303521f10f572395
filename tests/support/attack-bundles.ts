/** A JSON object as it stands in a STIX bundle. */
export type RawObject = Readonly<Record<string, unknown>>

/** What a made-up technique is made of; the rest has a default. */
export interface TechniqueSketch {
  readonly id: string
  readonly name?: string
  readonly uuid?: number
  readonly tactics?: readonly string[]
  readonly modified?: string
  readonly more?: RawObject
}

/** A technique's STIX object, in a made-up ATT&CK. */
export function rawTechnique(sketch: TechniqueSketch): RawObject {
  const { id, name = `Name of ${id}`, uuid = uuidNumber(id), tactics = [], modified, more } = sketch
  return {
    type: 'attack-pattern',
    id: stixId('attack-pattern', uuid),
    name,
    created: '2020-01-01T00:00:00.000Z',
    modified: modified ?? '2021-02-03T04:05:06.789Z',
    external_references: [
      { source_name: 'Elsewhere', external_id: 'X-1' },
      { source_name: 'mitre-attack', external_id: id, url: 'https://example.org' },
    ],
    kill_chain_phases: tactics.map((phase_name) => ({ kill_chain_name: 'mitre-attack', phase_name })),
    ...more,
  }
}

/** A tactic's STIX object: "initial-access" is called "INITIAL-ACCESS". */
export function rawTactic(id: string, shortname: string, more: RawObject = {}): RawObject {
  return {
    type: 'x-mitre-tactic',
    id: stixId('x-mitre-tactic', uuidNumber(id)),
    name: shortname.toUpperCase(),
    x_mitre_shortname: shortname,
    external_references: [{ source_name: 'mitre-attack', external_id: id }],
    ...more,
  }
}

/** A matrix whose columns are the tactics with these ids. */
export function rawMatrix(name: string, tacticIds: readonly string[], more: RawObject = {}): RawObject {
  return { type: 'x-mitre-matrix', name, tactic_refs: tacticIds.map((id) => stixId('x-mitre-tactic', uuidNumber(id))), ...more }
}

/** The relationship that says what replaces a technique. */
export function rawRevocation(from: string, to: string, more: RawObject = {}): RawObject {
  const [source_ref, target_ref] = [from, to].map((id) => stixId('attack-pattern', uuidNumber(id)))
  const modified = '2021-01-01T00:00:00.000Z'
  return { type: 'relationship', relationship_type: 'revoked-by', modified, source_ref, target_ref, ...more }
}

/** A STIX 2.1 bundle with ATT&CK's collection object. */
export function rawBundle(version: string, objects: readonly RawObject[], domain = 'Enterprise'): RawObject {
  const collection = { type: 'x-mitre-collection', name: `${domain} ATT&CK`, x_mitre_version: version }
  return { type: 'bundle', id: 'bundle--1', objects: [collection, ...objects] }
}

/** A STIX id of the tests' own. */
export function stixId(type: string, number: number): string {
  return `${type}--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

function uuidNumber(id: string): number {
  return Number(id.replaceAll(/\D/g, '').padEnd(7, '0'))
}
