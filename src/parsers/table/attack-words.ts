import { createTitleTest } from './column-roles.js'

/** Names of ATT&CK's tactics: the titles of a matrix, as the Navigator exports it. */
const isTacticName = createTitleTest([
  'Reconnaissance', 'Resource Development', 'Initial Access', 'Execution', 'Persistence', 'Privilege Escalation',
  'Defense Evasion', 'Stealth', 'Defense Impairment', 'Credential Access', 'Discovery', 'Lateral Movement', 'Collection',
  'Command and Control', 'Exfiltration', 'Impact', 'Evasion', 'Inhibit Response Function', 'Impair Process Control',
  'Network Effects', 'Remote Service Effects',
])

/** Platforms of techniques. Columns with these titles describe techniques, and map nothing. */
const isPlatform = createTitleTest([
  'Windows', 'macOS', 'Mac', 'OS X', 'Linux', 'Unix', 'Cloud', 'SaaS', 'IaaS', 'PaaS', 'Containers', 'Container', 'Network',
  'Network Devices', 'Office 365', 'Office Suite', 'Microsoft 365', 'Azure AD', 'Entra ID', 'Identity Provider',
  'Google Workspace', 'PRE', 'ESXi', 'AWS', 'Azure', 'GCP', 'Android', 'iOS', 'Enterprise', 'Mobile', 'ICS', 'Platform', 'Platforms',
])

/** Titles of yes-or-no columns about a technique. */
const isState = createTitleTest([
  'covered', 'detected', 'detectable', 'prevented', 'blocked', 'logged', 'alerted', 'tested', 'mitigated', 'implemented',
  'reviewed', 'done', 'enabled', 'applicable', 'inscope', 'relevant', 'priority', 'active', 'validated', 'observed', 'used',
  'seen', 'gap', 'yes', 'no', 'new', 'changed', 'deprecated', 'revoked', 'issubtechnique', 'subtechnique', 'supportsremote',
  'severity', 'level', 'status', 'state', 'risk', 'risk score', 'confidence', 'maturity', 'quality', 'total', 'sum', 'count', 'rank', 'weight', 'year', 'number', 'no',
])

/** Whether a text announces the sum of a matrix's rows or columns. */
export const isTotal = createTitleTest(['total', 'totals', 'grand total', 'sum', 'sums', 'subtotal', 'count', 'counts', 'summe', 'gesamt'])

/** The titles of ATT&CK's own workbooks (attack.mitre.org, attackToExcel of mitreattack-python). */
const isAttribute = createTitleTest([
  'ID', 'STIX ID', 'name', 'description', 'url', 'created', 'last modified', 'domain', 'version', 'tactics', 'tactic type',
  'detection', 'platforms', 'data sources', 'is sub-technique', 'sub-technique of', 'contributors', 'supports remote',
  'impact type', 'permissions required', 'effective permissions', 'defenses bypassed', 'system requirements', 'CAPEC ID',
  'MTC ID', 'relationship citations', 'aliases', 'type', 'associated groups', 'associated groups citations',
  'associated software', 'associated software citations', 'associated campaigns', 'associated campaigns citations', 'first seen',
  'first seen citation', 'last seen', 'last seen citation', 'reference', 'citation', 'collection layers', 'source ID',
  'source name', 'source ref', 'source type', 'mapping type', 'target ID', 'target name', 'target ref', 'target type',
  'mapping description', 'sectors', 'related assets', 'related assets sectors', 'related assets descriptions', 'log sources',
  'analytics',
])

/** Whether a text is the name of a tactic, alone or with its id or a count: "Execution (14 techniques)". */
export function isTactic(text: string): boolean {
  const name = text.replace(/\(.*$/, '').replace(/^\s*TA\d{4}\b/i, '').replace(/\bTA\d{4}\s*$/i, '')
  return isTacticName(name)
}

/** Whether a title names an attribute of techniques (a platform, a state, a tactic, an alias) and so no capability. */
export function describesTechniques(title: string): boolean {
  return isPlatform(title) || isState(title) || isTactic(title) || isDistinctive(title)
}

/** Titles that other lists of ids and names do not have. */
const isDistinctive = createTitleTest([
  'STIX ID', 'tactics', 'platforms', 'is sub-technique', 'last modified', 'relationship citations', 'citation', 'aliases',
])

/** Whether a title is one of ATT&CK's own workbooks, and of few others. */
export function isOnlyAttackTitle(title: string): boolean {
  return isDistinctive(title)
}

/** Whether a title is one of ATT&CK's own workbooks. */
export function isAttackTitle(title: string): boolean {
  return isAttribute(title)
}
