import type { Domain } from './mapping.js'

const domains: readonly Domain[] = ['enterprise', 'mobile', 'ics']

/** An ATT&CK domain from its name, also as layers and the Mappings Editor write it: "enterprise-attack", "mitre_attack_enterprise". */
export function readDomain(text: string): Domain | undefined {
  const name = text.toLowerCase().replace(/^mitre[ _-]attack[ _-]/, '').replace(/[ _-]attack$/, '')
  return domains.find((domain) => domain === name)
}
