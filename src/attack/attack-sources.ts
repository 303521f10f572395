import type { DocumentFile } from '../formats/decoded.js'

/** What is known of ATT&CK beside the releases that come with Crosswalk. Part of every request. */
export interface AttackSources {
  /** An ATT&CK STIX bundle that adds to the releases at hand, or replaces one, for this run. */
  readonly attackBundle?: DocumentFile
  /** The user's own releases: files as `crosswalk attack add` writes them (`renderStoredRelease`). */
  readonly attackReleases?: readonly DocumentFile[]
}
