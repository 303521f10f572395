import { Argument, Command } from 'commander'
import { attackDomains } from '../../attack/attack-domains.js'
import { releaseName } from '../../attack/release-name.js'
import { removeStoredRelease } from '../../io/release-store.js'
import { userDataFolder } from '../../io/user-data-folder.js'
import type { Domain } from '../../model/mapping.js'
import { withExamples } from '../with-examples.js'
import { parseVersion } from './add-command.js'
import { domainOption } from './attack-options.js'
import { fail } from './fail.js'

/** `crosswalk attack remove`. */
export function removeCommand(): Command {
  const command = new Command('remove')
    .description('Removes releases that you added. Those that come with Crosswalk stay.')
    .addArgument(new Argument('<VERSION>', 'the release, such as 19.0').argParser(parseVersion))
    .addOption(domainOption('only this domain (default: all)'))
    .action(async (version: string, { domain }: { readonly domain?: Domain }) => {
      const removed: string[] = []
      for (const one of domain ? [domain] : attackDomains) {
        const release = { domain: one, version }
        if (await removeStoredRelease(userDataFolder(), release)) removed.push(releaseName(release))
      }
      if (removed.length === 0) fail([`no release ${version} was added; \`crosswalk attack list\` names those that were`])
      else process.stdout.write(`removed: ${removed.join(', ')}\n`)
    })
  return withExamples(command, ['crosswalk attack remove 19.0', 'crosswalk attack remove 19.0 --domain mobile'])
}
