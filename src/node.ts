/**
 * The library with disk and network, for Node.js: hosts on the disk, ATT&CK releases that were added, downloads, and TAXII. Everything else
 * is in `attack-crosswalk`.
 */
export { createDiskHost, type DiskHostOptions } from './node/disk.js'
export { fetchRelease, type FetchedRelease, type FetchReleaseOptions, readAttackSources, type ReadAttackOptions } from './node/disk.js'
export { push, type PushOptions, type PushResult, serve, type ServeOptions, type TaxiiServer } from './node/taxii.js'
