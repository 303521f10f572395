import type { CatalogueEntry } from '../catalogue-entry.js'

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
