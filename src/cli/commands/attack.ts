import { Command } from 'commander'
import { changesCommand, successorsCommand } from '../attack/changes-command.js'
import { addCommand, removeCommand } from '../attack/add-command.js'
import { exportCommand, indexCommand } from '../attack/export-command.js'
import { fetchCommand } from '../attack/fetch-command.js'
import { listCommand } from '../attack/list-command.js'
import { showCommand } from '../attack/show-command.js'
import { withExamples } from '../usage.js'

/** `crosswalk attack`: look-ups in the available ATT&CK releases, and adding releases. */
export function attackCommand(): Command {
  const command = new Command('attack')
    .description('Looks up techniques and tactics in the available ATT&CK releases, and adds releases. Only `attack fetch` uses the '
      + 'network.')
  for (const create of [
    listCommand, showCommand, changesCommand, successorsCommand, addCommand, fetchCommand, removeCommand, exportCommand, indexCommand,
  ]) {
    command.addCommand(create())
  }
  return withExamples(command, ['crosswalk attack list', 'crosswalk attack show T1086 --history', 'crosswalk attack fetch 19.0'])
}
