const techniqueId = /^(T\d{4})(?:\.(\d{3}))?$/
const tacticId = /^TA\d{4}$/

/** A technique's page at attack.mitre.org; none for an id that is not of ATT&CK's form. */
export function techniquePage(id: string): string | undefined {
  const match = techniqueId.exec(id)
  if (!match) return undefined
  const path = [match[1], match[2]].filter((part) => part !== undefined).join('/')
  return `https://attack.mitre.org/techniques/${path}/`
}

/** A tactic's page at attack.mitre.org; none for an id that is not of ATT&CK's form. */
export function tacticPage(id: string): string | undefined {
  return tacticId.test(id) ? `https://attack.mitre.org/tactics/${id}/` : undefined
}

/**
 * Who made ATT&CK's objects, and under which statement: the two objects that every technique of ATT&CK refers to by
 * `created_by_ref` and `object_marking_refs`. Ids and dates as in ATT&CK's STIX bundles, newest release of the index.
 */
export const mitreIdentity = {
  type: 'identity',
  id: 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5',
  name: 'The MITRE Corporation',
  identityClass: 'organization',
  created: '2017-06-01T00:00:00.000Z',
  modified: '2025-03-19T15:00:40.855Z',
} as const

/** The copyright statement that ATT&CK's objects are marked with (see NOTICE for the terms of use). */
export const mitreMarking = {
  type: 'marking-definition',
  id: 'marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168',
  created: '2017-06-01T00:00:00.000Z',
  definitionType: 'statement',
  statement:
    'Copyright 2015-2025, The MITRE Corporation. MITRE ATT&CK and ATT&CK are registered trademarks of The MITRE Corporation.',
} as const
