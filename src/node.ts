/**
 * The library with disk and network, for Node.js: hosts on the disk, ATT&CK releases that were added, downloads, and TAXII. Everything else
 * is in `attack-crosswalk`.
 */
export { createDiskHost, type DiskHostOptions, readAttackSources, type ReadAttackOptions } from './node/disk.js'
export { fetchRelease, type FetchedRelease, type FetchReleaseOptions, type NetworkOptions } from './node/fetch-release.js'
export { push, type PushOptions, type PushResult, serve, type ServeOptions, type TaxiiServer } from './node/taxii.js'
