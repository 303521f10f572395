import type { CatalogueEntry } from './entry.js'

/** Uniting the shards of a run. Nothing is written but after `shards/errors`. */
export const shardEntries = {
  'shards/unfinished': {
    severity: 'error',
    title: 'A folder is not the output of a finished shard',
    help: 'Name the folders that `crosswalk convert --shard` wrote to. Run the shard again if it was killed, or could not write everything.',
  },
  'shards/missing': {
    severity: 'error',
    title: 'Shards are missing',
    help: 'Run the shards that the message names, with the same options, and name the folders of all of them.',
  },
  'shards/different': {
    severity: 'error',
    title: 'The folders are not the shards of one run',
    help: 'Run the shards again with the same version of Crosswalk, the same documents and the same options, each into a folder of its own '
      + 'that is not among the documents.',
  },
  'shards/changed': {
    severity: 'error',
    title: 'An artifact of a shard is not as its manifest lists it',
    help: 'It was changed or removed since, or copied in part. Copy it again, or run the shard again.',
  },
  'shards/taken': {
    severity: 'error',
    title: 'The output folder has artifacts of other documents with the names of these',
    help: 'Merge into another folder with --output, or remove artifacts of other documents with --prune.',
  },
  'shards/errors': {
    severity: 'error',
    title: 'A shard was made with errors, as the run without shards would have been; what it made was merged',
    help: 'See the messages of that shard. Correct the documents, and run all shards again.',
  },
} as const satisfies Record<string, CatalogueEntry>
