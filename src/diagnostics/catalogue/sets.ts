import type { CatalogueEntry } from './entry.js'

/** Completing what pages leave out from mapping files (`--catalog`). */
export const completeEntries = {
  'complete/no-match': {
    severity: 'warning',
    title: 'The catalogue does not hold a row, which was not completed',
    help: 'Give the mapping file of the release that the page shows.',
  },
  'complete/ambiguous-row': {
    severity: 'warning',
    title: 'The catalogue holds several rows that a row could be; what they do not agree on was left out',
    help: 'Nothing is guessed. State the versions, or give only the mapping file of the release that the page shows.',
  },
  'complete/ambiguous-set': {
    severity: 'warning',
    title: 'Several mapping files of the catalogue hold these rows; versions and dates were left out',
    help: 'State --framework-version or --attack-version, or give only the file of the release that the page shows.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** Bringing rows of several documents together. */
export const mergeEntries = {
  'merge/ambiguous-row': {
    severity: 'warning',
    title: 'A row could be any of several rows of another document, and was kept beside them',
    help: 'The documents may overlap. Convert them apart with --per-document, or leave one out.',
  },
  'merge/conflicting-names': {
    severity: 'warning',
    title: 'Two documents name one capability differently; the first was kept',
    help: 'Documents count in the order of their names. Leave out the one that is out of date, or convert them apart with --per-document.',
  },
  'merge/conflicting-scores': {
    severity: 'warning',
    title: 'Two documents score one row differently; both were kept',
    help: 'Leave out the document that is out of date.',
  },
  'merge/conflicting-verdicts': {
    severity: 'warning',
    title: 'Auditors judge one row differently in two documents; the first was kept',
    help: 'Documents count in the order of their names. Settle it in one workbook, or convert them apart with --per-document.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** Bringing what was understood into one form. */
export const normaliseEntries = {
  'normalise/whitespace': {
    severity: 'info',
    title: 'Stray white space was removed',
    help: 'Nothing needs to be done.',
  },
  'normalise/technique-id': {
    severity: 'info',
    title: 'A technique id was written unusually',
    help: 'Nothing needs to be done; correct the document if it is yours.',
  },
  'normalise/domain-inferred': {
    severity: 'info',
    title: 'The ATT&CK domain was told by the technique ids',
    help: 'The document states no domain; state one with --domain.',
  },
  'normalise/conflicting-names': {
    severity: 'warning',
    title: 'One id has more than one name',
    help: 'Each row keeps the name that it prints; lists show the first.',
  },
  'normalise/unknown-score': {
    severity: 'warning',
    title: 'A score is none of those that are known',
    help: 'Known are protect, detect, respond and minimal, partial, significant. The score is kept as written.',
  },
  'normalise/capability-id': {
    severity: 'info',
    title: 'A capability id was brought into the form that its framework uses now',
    help: 'Nothing needs to be done: the newer mapping files write it so.',
  },
  'normalise/unreadable-date': {
    severity: 'warning',
    title: 'A date could not be read and was left out',
    help: 'Write dates as 12/31/2024 or 2024-12-31.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** Comparing a mapping set with ATT&CK. */
export const checkEntries = {
  'check/unknown-technique': {
    severity: 'warning',
    title: 'ATT&CK has no such technique',
    help: 'Check the id; if the technique is new, add its ATT&CK release (`crosswalk attack fetch` or `add`).',
  },
  'check/parent-unknown': {
    severity: 'warning',
    title: 'ATT&CK has no technique that the sub-technique could be part of',
    help: 'Sub-technique ids begin with the id of their technique: T1553.002 is part of T1553. Check the part before the dot.',
  },
  'check/revoked-technique': {
    severity: 'warning',
    title: 'ATT&CK has revoked the technique',
    help: '`crosswalk attack show ID` names its successor.',
  },
  'check/deprecated-technique': {
    severity: 'warning',
    title: 'ATT&CK has deprecated the technique',
    help: 'It has no successor; review the mapping.',
  },
  'check/technique-name-differs': {
    severity: 'info',
    title: "The technique's name is not ATT&CK's",
    help: 'The id counts; the name is kept as the document prints it.',
  },
  'check/wrong-domain': {
    severity: 'warning',
    title: 'The technique belongs to another ATT&CK domain than the mapping set',
    help: 'Check the id, or state the domain with --domain.',
  },
  'check/unknown-release': {
    severity: 'warning',
    title: 'This ATT&CK release is not at hand',
    help: '`crosswalk attack list` names those that are; add it (`crosswalk attack fetch` or `add`), or give its bundle with --attack.',
  },
  'check/release-assumed': {
    severity: 'info',
    title: 'The document states no ATT&CK version; the newest at hand was used for lookups',
    help: 'State the version with --attack-version.',
  },
  'check/damaged-release': {
    severity: 'warning',
    title: 'A file among the ATT&CK releases that you added is damaged; it was left out',
    help: 'Add the release again (`crosswalk attack add` or `fetch`), or delete the file.',
  },
  'check/unusable-bundle': {
    severity: 'error',
    title: 'The ATT&CK bundle cannot be used',
    help: "Give one of MITRE's own STIX bundles, such as enterprise-attack-18.1.json; its name or collection states the release.",
  },
} as const satisfies Record<string, CatalogueEntry>

/** Bringing a mapping set to another ATT&CK release. */
export const upgradeEntries = {
  'upgrade/unknown-release': {
    severity: 'error',
    title: 'The ATT&CK release to upgrade to is not at hand; the mapping set was not upgraded',
    help: '`crosswalk attack list` names those that are; give a bundle with --attack.',
  },
  'upgrade/rows-wait': {
    severity: 'warning',
    title: 'Rows wait for a decision',
    help: 'They stand in the upgraded set as they were, and state the release that they still refer to. Fill in the column "decision" of the '
      + 'change report (keep, drop, or the id of a technique) and give it to --accept.',
  },
  'upgrade/verdicts-withdrawn': {
    severity: 'warning',
    title: 'Auditors gave verdicts on rows that map to another technique now; the rows are unsigned again',
    help: 'Verdict and initials stand in the remark of the row, with the technique that they were about. Judge the row anew.',
  },
  'upgrade/unusable-decisions': {
    severity: 'error',
    title: 'The file given to --accept is no change report; nothing was written',
    help: 'Give the CSV, JSON or workbook that `crosswalk upgrade` wrote, with its columns or members as they were.',
  },
  'upgrade/unknown-decision': {
    severity: 'error',
    title: 'A decision is none of keep, drop and the id of an active technique; nothing was written',
    help: 'Write keep, drop, or the id of a technique of the release to upgrade to (T1059.001). The file stays as it is until all can be applied.',
  },
  'upgrade/unknown-row': {
    severity: 'warning',
    title: 'A decision is about a row that no document holds; it was not applied',
    help: 'Rows are found by their id: what a row says must be as it was when the report was made. Decide about it in the new report.',
  },
} as const satisfies Record<string, CatalogueEntry>
