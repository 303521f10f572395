import type { Command } from 'commander'

/** A command before it is loaded: what `crosswalk --help` shows of it. */
export interface CommandEntry {
  readonly name: string
  readonly args: string
  readonly summary: string
  load(): Promise<Command>
}

/** Every command, in the order of the help. Each is loaded only when it is run or asked for its help. */
export const commandList: readonly CommandEntry[] = [
  {
    name: 'convert',
    args: '[INPUT...]',
    summary: 'Convert documents to STIX bundles, Navigator layers, tables and workbooks',
    load: async () => (await import('./commands/convert.js')).convertCommand(),
  },
  {
    name: 'validate',
    args: 'FILE...',
    summary: 'Judge artifacts and mapping files, ours or not',
    load: async () => (await import('./commands/validate.js')).validateCommand(),
  },
  {
    name: 'inspect',
    args: 'INPUT...',
    summary: 'Show what was understood of documents',
    load: async () => (await import('./commands/inspect.js')).inspectCommand(),
  },
  {
    name: 'formats',
    args: '',
    summary: 'List what can be read and written, and what each format loses',
    load: async () => (await import('./commands/formats.js')).formatsCommand(),
  },
  {
    name: 'attack',
    args: 'COMMAND',
    summary: 'Look things up in the ATT&CK releases at hand',
    load: async () => (await import('./commands/attack.js')).attackCommand(),
  },
  {
    name: 'upgrade',
    args: 'INPUT... --to-attack VERSION',
    summary: 'Bring mapping sets to another ATT&CK release, every row accounted for',
    load: async () => (await import('./commands/upgrade.js')).upgradeCommand(),
  },
  {
    name: 'diff',
    args: 'OLD NEW',
    summary: 'Compare two mapping sets: rows, capabilities and techniques',
    load: async () => (await import('./commands/diff.js')).diffCommand(),
  },
  {
    name: 'coverage',
    args: 'INPUT...',
    summary: 'Count what mapping sets cover of ATT&CK, tactic by tactic, and find the gaps',
    load: async () => (await import('./commands/coverage.js')).coverageCommand(),
  },
  {
    name: 'bridge',
    args: 'LEFT RIGHT',
    summary: 'Relate two frameworks through the techniques they share',
    load: async () => (await import('./commands/bridge.js')).bridgeCommand(),
  },
  {
    name: 'push',
    args: 'URL FILE...',
    summary: 'Add STIX bundles to a collection of a TAXII 2.1 server',
    load: async () => (await import('./commands/push.js')).pushCommand(),
  },
  {
    name: 'serve',
    args: 'DIR',
    summary: 'Serve STIX bundles to threat intelligence platforms by TAXII 2.1',
    load: async () => (await import('./commands/serve.js')).serveCommand(),
  },
]
