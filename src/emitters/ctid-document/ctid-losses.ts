/** What CTID's unified shape cannot carry, for `crosswalk formats`. */
export const ctidLosses =
  'Places in source documents, verdicts of auditors, marks of completion, longer descriptions of capabilities and groups, capabilities without rows, '
  + 'scores that CTID does not know.'
