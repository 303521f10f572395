const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** A bundle of some objects. */
export function bundle(...objects: readonly object[]): string {
  return JSON.stringify({ type: 'bundle', id: `bundle--${uuid(1)}`, objects })
}

/** A control, and its relation to a technique: in two bundles, neither of which means anything alone. */
export const control = {
  type: 'course-of-action', id: `course-of-action--${uuid(2)}`, name: 'Account Management', modified: '2024-01-01T00:00:00.000Z',
  external_references: [{ source_name: 'NIST 800-53 Revision 5', external_id: 'AC-2' }],
}
export const relation = {
  type: 'relationship', id: `relationship--${uuid(3)}`, relationship_type: 'mitigates', source_ref: control.id,
  target_ref: 'attack-pattern--b17a1a56-e99c-403c-8948-561df0cffe81',
}
