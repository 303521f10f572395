import { Option } from 'commander'
import { attackDomains } from '../../attack/attack-domains.js'

/** How `attack list` and `attack show` print. */
export function formatOption(): Option {
  return new Option('--format <form>', 'how to print').choices(['text', 'json']).default('text')
}

/** A bundle for this run. */
export function bundleOption(): Option {
  return new Option('--attack <file>', 'an ATT&CK STIX bundle to look things up in too, this once')
}

/** One of ATT&CK's domains; what that means is the command's affair. */
export function domainOption(description: string): Option {
  return new Option('--domain <domain>', description).choices(attackDomains)
}
