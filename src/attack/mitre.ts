/** Ids of techniques and sub-techniques: T1553, T1553.002. */
export const techniqueIdForm = /^T\d{4}(?:\.\d{3})?$/
/** Ids of tactics: TA0001. */
export const tacticIdForm = /^TA\d{4}$/

/** Id of a sub-technique's parent; undefined for a technique. */
export function parentOf(id: string): string | undefined {
  return id.includes('.') ? id.split('.', 1)[0] : undefined
}

/** URL of a technique's page at attack.mitre.org; undefined if the id is malformed. */
export function techniquePage(id: string): string | undefined {
  return techniqueIdForm.test(id) ? `https://attack.mitre.org/techniques/${id.replace('.', '/')}/` : undefined
}

/** URL of a tactic's page at attack.mitre.org; undefined if the id is malformed. */
export function tacticPage(id: string): string | undefined {
  return tacticIdForm.test(id) ? `https://attack.mitre.org/tactics/${id}/` : undefined
}

/**
 * The identity that ATT&CK objects refer to in `created_by_ref`. Id and dates as in the STIX bundle of the newest release in the
 * index.
 */
export const mitreIdentity = {
  type: 'identity',
  id: 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5',
  name: 'The MITRE Corporation',
  identityClass: 'organization',
  created: '2017-06-01T00:00:00.000Z',
  modified: '2025-03-19T15:00:40.855Z',
} as const

/** The copyright statement that ATT&CK objects refer to in `object_marking_refs` (terms of use: NOTICE). */
export const mitreMarking = {
  type: 'marking-definition',
  id: 'marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168',
  created: '2017-06-01T00:00:00.000Z',
  definitionType: 'statement',
  statement:
    'Copyright 2015-2025, The MITRE Corporation. MITRE ATT&CK and ATT&CK are registered trademarks of The MITRE Corporation.',
} as const
