import { Command } from 'commander'
import type { Domain } from '../../model/mapping.js'
import { resultWidth } from '../result-surroundings.js'
import { withExamples } from '../with-examples.js'
import { bundleOption, domainOption, formatOption } from './attack-options.js'
import { describeTactic, renderTactic } from './describe-tactic.js'
import { describeTechnique } from './describe-technique.js'
import { fail } from './fail.js'
import { findAttackId } from './find-attack-id.js'
import { openAttack } from './open-attack.js'
import { renderJson } from './render-json.js'
import { renderTechnique } from './render-technique.js'

interface ShowOptions {
  readonly history?: true
  readonly attackVersion?: string
  readonly domain?: Domain
  readonly attack?: string
  readonly format: 'text' | 'json'
}

/** `crosswalk attack show`. */
export function showCommand(): Command {
  const command = new Command('show')
    .description('Shows a technique or a tactic: name, tactics, status, successor.')
    .argument('<ID>', 'T1553, T1553.002 or TA0001')
    .option('--history', 'what it was in each release')
    .option('--attack-version <version>', 'the release to look in (default: the newest that has it)')
    .addOption(domainOption('the domain to look in (default: the one that has it)'))
    .addOption(bundleOption())
    .addOption(formatOption())
    .action(showId)
  return withExamples(command, ['crosswalk attack show T1086', 'crosswalk attack show T1055.011 --history'])
}

async function showId(id: string, { history, attackVersion, domain, attack, format }: ShowOptions): Promise<void> {
  const opened = await openAttack(attack)
  if (!opened) return
  const { index } = opened
  const scope = { ...(domain && { domain }), ...(attackVersion !== undefined && { version: attackVersion }) }
  const found = findAttackId(index, id, scope)
  if (found.kind === 'none') {
    fail([found.problem], found.suggestions)
  } else if (found.kind === 'tactic') {
    const description = describeTactic(found.release, found.tactic)
    process.stdout.write(format === 'json' ? renderJson(description) : renderTactic(description, found.release, resultWidth()))
  } else {
    const description = describeTechnique(index, found.release, found.technique, history === true)
    process.stdout.write(format === 'json' ? renderJson(description) : renderTechnique(description, index, resultWidth()))
  }
}
