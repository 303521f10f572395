const words = {
  'attack-motivation':
    'accidental coercion dominance ideology notoriety organizational-gain personal-gain personal-satisfaction revenge '
    + 'unpredictable',
  'attack-resource-level': 'individual club contest team organization government',
  'grouping-context': 'suspicious-activity malware-analysis unspecified',
  'hash-algorithm': 'MD5 SHA-1 SHA-256 SHA-512 SHA3-256 SHA3-512 SSDEEP TLSH',
  'identity-class': 'individual group system organization class unknown',
  'implementation-language':
    'applescript bash c c++ c# go java javascript lua objective-c perl php powershell python ruby scala swift typescript '
    + 'visual-basic x86-32 x86-64',
  'indicator-type': 'anomalous-activity anonymization benign compromised malicious-activity attribution unknown',
  'industry-sector':
    'agriculture aerospace automotive chemical commercial communications construction defense education energy entertainment '
    + 'engineering financial-services government emergency-services government-local government-national '
    + 'government-public-services government-regional healthcare hospitality-leisure infrastructure dams nuclear water '
    + 'insurance manufacturing mining non-profit pharmaceuticals retail technology telecommunications transportation utilities',
  'infrastructure-type':
    'amplification anonymization botnet command-and-control control-system exfiltration firewall hosting-malware '
    + 'hosting-target-lists phishing reconnaissance routers-switches staging workstation unknown',
  'malware-capabilities':
    'accesses-remote-machines anti-debugging anti-disassembly anti-emulation anti-memory-forensics anti-sandbox anti-vm '
    + 'captures-input-peripherals captures-output-peripherals captures-system-state-data cleans-traces-of-infection '
    + 'commits-fraud communicates-with-c2 compromises-data-availability compromises-data-integrity '
    + 'compromises-system-availability controls-local-machine degrades-security-software degrades-system-updates '
    + 'determines-c2-server emails-spam escalates-privileges evades-av exfiltrates-data fingerprints-host hides-artifacts '
    + 'hides-executing-code infects-files infects-remote-machines installs-other-components persists-after-system-reboot '
    + 'prevents-artifact-access prevents-artifact-deletion probes-network-environment self-modifies '
    + 'steals-authentication-credentials violates-system-operational-integrity',
  'malware-result': 'malicious suspicious benign unknown',
  'malware-type':
    'adware backdoor bot bootkit ddos downloader dropper exploit-kit keylogger ransomware remote-access-trojan '
    + 'resource-exploitation rogue-security-software rootkit screen-capture spyware trojan unknown virus webshell wiper worm',
  'pattern-type': 'stix pcre sigma snort suricata yara',
  'processor-architecture': 'alpha arm ia-64 mips powerpc sparc x86 x86-64',
  'region':
    'africa eastern-africa middle-africa northern-africa southern-africa western-africa americas caribbean central-america '
    + 'latin-america-caribbean northern-america south-america asia central-asia eastern-asia southern-asia south-eastern-asia '
    + 'western-asia europe eastern-europe northern-europe southern-europe western-europe oceania antarctica '
    + 'australia-new-zealand melanesia micronesia polynesia',
  'report-type':
    'attack-pattern campaign identity indicator intrusion-set malware observed-data threat-actor threat-report tool '
    + 'vulnerability',
  'threat-actor-role': 'agent director independent infrastructure-architect infrastructure-operator malware-author sponsor',
  'threat-actor-sophistication': 'none minimal intermediate advanced expert innovator strategic',
  'threat-actor-type':
    'activist competitor crime-syndicate criminal hacker insider-accidental insider-disgruntled nation-state sensationalist '
    + 'spy terrorist unknown',
  'tool-type':
    'denial-of-service exploitation information-gathering network-capture credential-exploitation remote-access '
    + 'vulnerability-scanning unknown',
  'windows-pebinary-type': 'dll exe sys',
  'account-type': 'facebook ldap nis openid radius skype tacacs twitter unix windows-local windows-domain',
} as const satisfies Record<string, string>

export type VocabularyName = keyof typeof words

/** The words of an open vocabulary (STIX 2.1, section 10). Other words are allowed, but consumers don't know them. */
export function openVocabulary(name: VocabularyName): ReadonlySet<string> {
  return new Set(words[name].split(' '))
}

/** Whether a name is the name of an open vocabulary. */
export function isVocabulary(name: string): name is VocabularyName {
  return Object.hasOwn(words, name)
}
