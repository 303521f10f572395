const dottedQuad = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** Whether a text is an IPv6 address (RFC 4291, section 2.2), with or without a prefix length. */
function isIpv6(text: string): boolean {
  if (text.length > 60) return false
  const [address = '', prefix, ...rest] = text.split('/')
  if (rest.length > 0 || (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && Number(prefix) <= 128))) return false
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)
  const embedded = last !== undefined && dottedQuad.test(last) && last.split('.').every((part) => Number(part) < 256)
  if (embedded) groups.pop()
  const length = groups.length + (embedded ? 2 : 0)
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (halves.length === 2 ? length < 8 : length === 8)
}

const ipv4 = /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(?:\.(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}(?:\/(?:3[0-2]|[12]\d|\d))?$/

/** Forms of strings: a test, and a description with an example for messages. */
const forms = {
  'relationship type': {
    test: (text: string) => /^[a-z0-9-]+$/.test(text),
    like: 'lower-case letters, digits and hyphens, such as mitigates',
  },
  'selector': { test: isSelector, like: 'a path such as description or labels.[0]' },
  'mime type': {
    test: (text: string) => /^(?:application|audio|font|image|message|model|multipart|text|video)\/[a-zA-Z0-9.+_-]/.test(text),
    like: 'a media type such as text/plain',
  },
  'encoding': {
    test: (text: string) => /^[a-zA-Z0-9/.+_:-]{2,250}$/.test(text),
    like: 'a character encoding such as windows-1252',
  },
  'IPv4 address': { test: (text: string) => ipv4.test(text), like: 'an address or network such as 198.51.100.0/24' },
  'IPv6 address': { test: isIpv6, like: 'an address or network such as 2001:db8::/96' },
  'MAC address': {
    test: (text: string) => /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/.test(text),
    like: 'six lower-case hexadecimal pairs such as d2:fb:49:24:37:18',
  },
  'CPE': {
    test: (text: string) => text.startsWith('cpe:2.3:') && text.length < 2000,
    like: 'a CPE 2.3 name, which starts with cpe:2.3:',
  },
  'language': { test: (text: string) => /^[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*$/.test(text), like: 'a language code such as en' },
} as const

export type TextForm = keyof typeof forms

/** A form by its name; undefined for an unknown one. */
export function textForm(name: string): { readonly test: (text: string) => boolean; readonly like: string } | undefined {
  const all: Readonly<Record<string, { readonly test: (text: string) => boolean; readonly like: string }>> = forms
  return Object.hasOwn(all, name) ? all[name] : undefined
}

/** Tests selector syntax (STIX 2.1, section 7.2.3.1) step by step: a single expression would be slow on hostile texts. */
function isSelector(text: string): boolean {
  const [first = '', ...steps] = text.split('.')
  return (first === 'id' || /^[a-z0-9_-]{3,249}$/.test(first))
    && steps.every((step) => /^(?:\[\d+\]|[a-zA-Z0-9_-]{1,250})$/.test(step))
}

/** Whether a text is a URI (RFC 3986): it has a scheme, and no characters that must be escaped. */
export function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[\w\-.~:/?#@!$&'()*+,;=%[\]]*$/i.test(text)
    && !/%(?![0-9a-f]{2})/i.test(text)
    && text.indexOf('#') === text.lastIndexOf('#')
}

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
