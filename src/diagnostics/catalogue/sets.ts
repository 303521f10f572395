import type { CatalogueEntry } from './entry.js'

/** Completing the rows of pages from mapping files (`--catalog`). */
export const completeEntries = {
  'complete/no-match': {
    severity: 'warning',
    title: 'A row is not in any --catalog file and was not completed',
    help: 'Supply the mapping file of the release that the page shows.',
  },
  'complete/ambiguous-row': {
    severity: 'warning',
    title: 'A row matches several rows of the --catalog files; values in which they differ were left out',
    help: 'Nothing is guessed. State the versions, or supply only the mapping file of the release that the page shows.',
  },
  'complete/ambiguous-set': {
    severity: 'warning',
    title: 'Several --catalog files contain these rows; versions and dates were left out',
    help: 'State --framework-version or --attack-version, or supply only the file of the release that the page shows.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** Merging the rows of several documents. */
export const mergeEntries = {
  'merge/ambiguous-row': {
    severity: 'warning',
    title: 'A row matches several rows of another document and was kept in addition to them',
    help: 'The documents may overlap. Convert them separately with --per-document, or leave one out.',
  },
  'merge/conflicting-names': {
    severity: 'warning',
    title: 'Two documents give one id different names; the first name was kept',
    help: 'Documents are merged in the order of their names. Leave out the outdated one, or convert them separately with --per-document.',
  },
  'merge/conflicting-scores': {
    severity: 'warning',
    title: 'Two documents score the same row differently; both rows were kept',
    help: 'Leave out the outdated document.',
  },
  'merge/conflicting-verdicts': {
    severity: 'warning',
    title: 'Auditors gave different verdicts on the same row in two documents; the first was kept',
    help: 'Documents are merged in the order of their names. Settle the verdict in one workbook, or convert them separately with '
      + '--per-document.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** Normalising ids, scores, dates and white space. */
export const normaliseEntries = {
  'normalise/whitespace': {
    severity: 'info',
    title: 'Extra white space was removed',
    help: 'Nothing needs to be done.',
  },
  'normalise/lone-surrogate': {
    severity: 'warning',
    title: 'Lone surrogates in texts were replaced by U+FFFD',
    help: 'They are not characters, and UTF-8 cannot encode them. Correct the document if it is yours.',
  },
  'normalise/technique-id': {
    severity: 'info',
    title: 'A technique id in an unusual spelling was corrected',
    help: 'Nothing needs to be done; correct the document if it is yours.',
  },
  'normalise/domain-inferred': {
    severity: 'info',
    title: 'The ATT&CK domain was inferred from the technique ids',
    help: 'The document states no domain; state it with --domain.',
  },
  'normalise/conflicting-names': {
    severity: 'warning',
    title: 'One id has several names',
    help: 'Use one name for the id in the document. Each row keeps the name that it has; lists show the first.',
  },
  'normalise/unknown-score': {
    severity: 'warning',
    title: 'A score is neither a number nor one that CTID defines; it was kept as written',
    help: 'Use protect, detect or respond as category, and minimal, partial, significant or a number as value.',
  },
  'normalise/capability-id': {
    severity: 'info',
    title: 'A capability id was changed to the form that its framework uses now',
    help: 'Nothing needs to be done: newer mapping files use this form.',
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
    title: 'ATT&CK has no parent technique for the sub-technique id',
    help: 'A sub-technique id begins with the id of its parent: T1553.002 belongs to T1553. Check the part before the dot.',
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
    title: "The technique's name differs from ATT&CK's",
    help: 'Nothing needs to be done if the id is right: it decides, and the name is kept as in the document.',
  },
  'check/wrong-domain': {
    severity: 'warning',
    title: "The technique belongs to an ATT&CK domain other than the mapping set's",
    help: 'Check the id, or state the domain with --domain.',
  },
  'check/unknown-release': {
    severity: 'warning',
    title: 'This ATT&CK release is not available',
    help: '`crosswalk attack list` lists the available releases; add this one (`crosswalk attack fetch` or `add`), or supply its '
      + 'bundle with --attack.',
  },
  'check/newer-release': {
    severity: 'warning',
    title: 'The stated ATT&CK release is newer than all available ones',
    help: 'Techniques that the available releases do not have are kept, and nothing is checked against them. Add the release '
      + '(`crosswalk attack fetch` or `add`), or supply its bundle with --attack.',
  },
  'check/release-assumed': {
    severity: 'info',
    title: 'The document states no ATT&CK version; techniques were looked up in the newest available release',
    help: 'State the version with --attack-version.',
  },
  'check/damaged-release': {
    severity: 'warning',
    title: 'A stored ATT&CK release is damaged and was not used',
    help: 'Add the release again (`crosswalk attack add` or `fetch`), or delete the file.',
  },
  'check/unusable-bundle': {
    severity: 'error',
    title: 'The ATT&CK bundle cannot be used',
    help: "Supply one of MITRE's own STIX bundles, such as enterprise-attack-18.1.json; its name or its collection object states "
      + 'the release.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** Relating two frameworks. */
export const bridgeEntries = {
  'bridge/pairs-left-out': {
    severity: 'warning',
    title: 'The pairs share more techniques than a report lists; the weakest pairs were left out',
    help: 'Choose what is listed with --capability, --min-strength or --limit; the report states how many were found and how many are listed.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** Upgrading a mapping set to another ATT&CK release. */
export const upgradeEntries = {
  'upgrade/unknown-release': {
    severity: 'error',
    title: 'The ATT&CK release to upgrade to is not available; the mapping set was not upgraded',
    help: '`crosswalk attack list` lists the available releases; supply a bundle with --attack.',
  },
  'upgrade/rows-wait': {
    severity: 'warning',
    title: 'A row waits for a decision',
    help: 'It is unchanged in the upgraded set and states the release that it still refers to. Fill in the column "decision" of '
      + 'the change report (keep, drop, or the id of a technique) and supply it with --accept.',
  },
  'upgrade/verdicts-withdrawn': {
    severity: 'warning',
    title: "A row with an auditor's verdict now maps to another technique; it is unsigned again",
    help: "The former verdict, initials and technique are in the row's remark. Review the row again.",
  },
  'upgrade/unusable-decisions': {
    severity: 'error',
    title: 'The file given with --accept is not a change report; nothing was written',
    help: 'Supply the CSV, JSON or workbook that `crosswalk upgrade` wrote, with its columns or properties unchanged.',
  },
  'upgrade/unknown-decision': {
    severity: 'error',
    title: 'A decision is neither keep, drop nor the id of an active technique; nothing was written',
    help: 'Write keep, drop, or the id of a technique of the release to upgrade to (T1059.001). No decision is applied until all '
      + 'are valid.',
  },
  'upgrade/unknown-row': {
    severity: 'warning',
    title: 'A decision is about a row that no document contains; it was not applied',
    help: 'Rows are identified by their content: the row has changed since the report was made. Make the decision in a new report.',
  },
  'upgrade/same-rows': {
    severity: 'error',
    title: 'Two rows have become the same; decide which one stays',
    help: 'Write keep or drop into the column "decision" of the change report and supply it with --accept, or state --on-duplicate '
      + 'merge or keep.',
  },
  'upgrade/not-merged': {
    severity: 'warning',
    title: 'Two rows have become the same, but contradict each other; both were kept',
    help: 'Decide with the change report (--accept): drop one of them, or keep both.',
  },
  'upgrade/not-in-place': {
    severity: 'warning',
    title: 'The file cannot be updated in place; it was not changed',
    help: 'JSON, YAML, CSV, TSV and .xlsx are updated in place, in UTF-8. Use `crosswalk upgrade` without --in-place for other files.',
  },
  'upgrade/id-undecided': {
    severity: 'warning',
    title: 'A technique id was not changed: ATT&CK does not say what replaces it',
    help: 'Choose with --replace OLD=NEW, or change it by hand.',
  },
  'upgrade/tactic-undecided': {
    severity: 'warning',
    title: 'A tactic was not changed: the techniques beside it do not say which one it is now',
    help: 'Change it by hand.',
  },
  'upgrade/id-mentioned': {
    severity: 'info',
    title: 'A technique id in a sentence or formula was not changed',
    help: 'Add --prose to change ids in sentences, too; change formulas by hand.',
  },
  'upgrade/id-twice': {
    severity: 'warning',
    title: 'Two ids of one list or object have the same successor',
    help: 'Nothing was removed. Remove one of them by hand.',
  },
} as const satisfies Record<string, CatalogueEntry>
