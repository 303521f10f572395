import type { Command } from 'commander'

/** A command before it is loaded, as listed by `crosswalk --help`. */
export interface CommandEntry {
  readonly name: string
  readonly args: string
  readonly summary: string
  load(): Promise<Command>
}

/** All commands, in the order of the help. Each is loaded only to run it or to print its help. */
export const commandList: readonly CommandEntry[] = [
  {
    name: 'convert',
    args: '[INPUT...]',
    summary: 'Convert documents to STIX bundles, Navigator layers, tables and workbooks',
    load: async () => (await import('./commands/convert.js')).convertCommand(),
  },
  {
    name: 'merge',
    args: 'DIR...',
    summary: 'Unite the shards of a conversion that several machines share',
    load: async () => (await import('./commands/merge.js')).mergeCommand(),
  },
  {
    name: 'validate',
    args: 'FILE...',
    summary: 'Validate artifacts and mapping files, from Crosswalk or other tools',
    load: async () => (await import('./commands/validate.js')).validateCommand(),
  },
  {
    name: 'inspect',
    args: 'INPUT...',
    summary: 'Show how documents are read: parsers, mapping sets, rows',
    load: async () => (await import('./commands/inspect.js')).inspectCommand(),
  },
  {
    name: 'formats',
    args: '',
    summary: 'List the input and output formats, and what each output format loses',
    load: async () => (await import('./commands/formats.js')).formatsCommand(),
  },
  {
    name: 'attack',
    args: 'COMMAND',
    summary: 'Look up techniques and tactics in ATT&CK releases, and add releases',
    load: async () => (await import('./commands/attack.js')).attackCommand(),
  },
  {
    name: 'upgrade',
    args: 'INPUT... --to-attack VERSION',
    summary: 'Upgrade mapping sets to another ATT&CK release and report every row',
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
    summary: 'Measure ATT&CK coverage of mapping sets, tactic by tactic, and find the gaps',
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
    summary: 'Add STIX bundles to a collection on a TAXII 2.1 server',
    load: async () => (await import('./commands/push.js')).pushCommand(),
  },
  {
    name: 'serve',
    args: 'DIR',
    summary: 'Serve STIX bundles over TAXII 2.1 to threat intelligence platforms',
    load: async () => (await import('./commands/serve.js')).serveCommand(),
  },
  {
    name: 'completion',
    args: 'SHELL',
    summary: 'Print a script that completes commands and options in bash, zsh, fish or PowerShell',
    load: async () => (await import('./commands/completion.js')).completionCommand(loadAll),
  },
  {
    name: 'man',
    args: '',
    summary: 'Print the manual page',
    load: async () => (await import('./commands/completion.js')).manCommand(loadAll),
  },
]

/** Loads every command, for what is made from all of them. */
async function loadAll(): Promise<readonly Command[]> {
  return Promise.all(commandList.map(async (entry) => {
    const command = await entry.load()
    return command.summary() === '' ? command.summary(entry.summary) : command
  }))
}
