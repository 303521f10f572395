import type { CatalogueEntry } from '../catalogue-entry.js'

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
