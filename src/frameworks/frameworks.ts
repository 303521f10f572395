import { attackPatternShape, type Framework, mitigationShape, scoredShape, type StixShape, vulnerabilityShape } from './framework.js'

/** NIST Special Publication 800-53, revisions 4 and 5. Ids: "AC-2", "AC-02", "AC-2(1)". */
const nist80053: Framework = {
  id: 'nist_800_53',
  name: 'NIST 800-53',
  labels: ['NIST 800-53', 'NIST SP 800-53', 'NIST 800-53 Controls'],
  capabilityId: /^[A-Z]{2}-\d{1,2}(?: ?\(\d{1,2}\))?(?![^ ])/,
  distinctiveId: /^(?:AC|AT|AU|CA|CM|CP|IA|IR|MA|MP|PE|PL|PM|PS|PT|RA|SA|SC|SI|SR)-\d{1,2}(?: ?\(\d{1,2}\))?(?![^ ])/,
  relations: ['mitigates', 'Protects', 'non_mappable', 'Non-Mappable'],
  stix: mitigationShape,
}

/** The Vocabulary for Event Recording and Incident Sharing. Ids: "action.malware.variety.Disable controls". */
const veris: Framework = {
  id: 'veris',
  name: 'VERIS',
  labels: ['VERIS'],
  capabilityId: /^(?:action|actor|asset|attribute|value_chain)\.[a-z_-]+\.[a-z_]+(?:\.[^ ]+)?(?![^ ])/i,
  distinctiveId: /^(?:action|actor|asset|attribute|value_chain)\.[a-z_-]+\.[a-z_]+(?:\.[^ ]+)?(?![^ ])/i,
  idsContainSpaces: true,
  relations: ['related-to', 'related_to', 'non_mappable', 'Non-Mappable'],
  stix: attackPatternShape,
}

/** Security capabilities of Amazon Web Services. Ids: "aws_cloudhsm", "amazon_guardduty". */
const aws: Framework = {
  id: 'aws',
  name: 'AWS',
  labels: ['AWS', 'Amazon Web Services (AWS)', 'Amazon Web Services'],
  capabilityId: /^[a-z0-9][a-z0-9_()-]*(?![^ ])/,
  distinctiveId: /^(?:aws|amazon)_[a-z0-9_()-]+(?![^ ])/,
  relations: ['technique_scores', 'Technique Scores', 'non_mappable', 'Non-Mappable'],
  stix: scoredShape,
}

/** Security capabilities of Microsoft Azure. Ids: "azure_sentinel", "network_security_groups". */
const azure: Framework = {
  id: 'azure',
  name: 'Azure',
  labels: ['Azure', 'Microsoft Azure'],
  capabilityId: /^[a-z0-9][a-z0-9_()-]*(?![^ ])/,
  distinctiveId: /^azure_[a-z0-9_()-]+(?![^ ])/,
  relations: ['technique_scores', 'Technique Scores', 'non_mappable', 'Non-Mappable'],
  stix: scoredShape,
}

/** Security capabilities of Google Cloud Platform. Ids: "chronicle", "cloud_hardware_security_module_(hsm)". */
const gcp: Framework = {
  id: 'gcp',
  name: 'GCP',
  labels: ['GCP', 'Google Cloud Platform (GCP)', 'Google Cloud Platform', 'Google Cloud'],
  capabilityId: /^[a-z0-9][a-z0-9_()-]*(?![^ ])/,
  distinctiveId: /^gcp_[a-z0-9_()-]+(?![^ ])/,
  relations: ['technique_scores', 'Technique Scores', 'non_mappable', 'Non-Mappable'],
  stix: scoredShape,
}

/** Security capabilities of Microsoft 365. Ids end in the licence that includes them: "DEF-AACI-E3", "PUR-AUS-E5". */
const m365: Framework = {
  id: 'm365',
  name: 'M365',
  labels: ['M365', 'Microsoft 365', 'Microsoft 365 (M365)'],
  capabilityId: /^[A-Z][A-Z0-9]{1,5}-[A-Za-z0-9]{1,10}-E[35](?![^ ])/,
  distinctiveId: /^[A-Z][A-Z0-9]{1,5}-[A-Za-z0-9]{1,10}-E[35](?![^ ])/,
  relations: ['Technique Scores', 'technique_scores', 'technique_score', 'non_mappable', 'Non-Mappable'],
  stix: scoredShape,
}

/** Common Vulnerabilities and Exposures: CTID's mappings of 2021. Ids: "CVE-2019-15243". */
const cve: Framework = {
  id: 'cve',
  name: 'CVE',
  labels: ['CVE', 'Common Vulnerability Enumeration (CVE)', 'Common Vulnerabilities and Exposures'],
  capabilityId: /^CVE-\d{4}-\d{4,19}(?![^ ])/i,
  distinctiveId: /^CVE-\d{4}-\d{4,19}(?![^ ])/i,
  relations: ['exploitation_technique', 'primary_impact', 'secondary_impact', 'uncategorized', 'non_mappable', 'Non-Mappable'],
  stix: vulnerabilityShape,
}

/** CISA's Known Exploited Vulnerabilities. Ids are those of CVE ("CVE-2021-44228"), so that only known ones identify it. */
const kev: Framework = {
  id: 'kev',
  name: 'Known Exploited Vulnerabilities',
  labels: ['Known Exploited Vulnerabilities', 'Known Exploited Vulnerabilities (KEV)', 'KEV'],
  capabilityId: /^CVE-\d{4}-\d{4,19}(?![^ ])/i,
  relations: ['exploitation_technique', 'primary_impact', 'secondary_impact', 'uncategorized', 'non_mappable', 'Non-Mappable'],
  stix: vulnerabilityShape,
}

/** Security features of Intel vPro hardware. Mapping types name the software that uses a feature. */
const intelVpro: Framework = {
  id: 'intel-vpro',
  name: 'Intel vPro',
  labels: ['Intel vPro'],
  capabilityId: /^intel-[a-z0-9-]+(?![^ ])/,
  relations: [
    'CrowdStrike AMS',
    'Crowdstrike HEED',
    'Microsoft Defender',
    'Win 11, BitLocker',
    'Win 11, Credential Guard',
    'Win 11, ESS/Hello',
    'Win 11, HWESP',
    'Win 11, KDP',
    'Win 11, PDE',
    'Win 11, Secure Boot',
    'Win 11, System Guard Secure Launch',
    'Win 11, VBS, Memory Integrity',
    'non_mappable',
    'Non-Mappable',
  ],
  stix: scoredShape,
}

/** The Cyber Risk Institute's profile. Ids: "DE.AE-02.01", "EX.DD-04.01"; without the last number, they are NIST's CSF's. */
const criProfile: Framework = {
  id: 'cri_profile',
  name: 'CRI Profile',
  labels: ['CRI Profile', 'The CRI Profile'],
  capabilityId: /^[A-Z]{2}\.[A-Z]{2}-\d{2}(?:\.\d{2})?(?![^ ])/,
  distinctiveId: /^(?:GV|ID|PR|DE|RS|RC|EX)\.[A-Z]{2}-\d{2}\.\d{2}(?![^ ])/,
  relations: ['Mitigates', 'non_mappable', 'Non-Mappable'],
  stix: mitigationShape,
}

/** The Cloud Controls Matrix of the Cloud Security Alliance. Ids: "IAM-16", "I&S-03", "A&A-01". */
const csaCcm: Framework = {
  id: 'csa_ccm',
  name: 'CSA CCM',
  labels: ['CSA CCM', 'CSA Cloud Controls Matrix (CCM)', 'CSA Cloud Controls Matrix', 'Cloud Controls Matrix'],
  capabilityId: /^(?:[A-Z]{3}|[A-Z]&[A-Z])-\d{2}(?![^ ])/,
  distinctiveId: /^(?:A&A|AIS|BCR|CCC|CEK|DCS|DSP|GRC|HRS|IAM|IPY|I&S|IVS|LOG|SEF|STA|TVM|UEM)-\d{2}(?![^ ])/,
  relations: ['mitigates', 'non_mappable', 'Non-Mappable'],
  stix: mitigationShape,
}

/** ATT&CK's own mitigations. Ids: "M1036", and "M0801" to "M0960" of ICS. */
const attackMitigations: Framework = {
  id: 'attack-mitigations',
  name: 'ATT&CK Mitigations',
  labels: ['ATT&CK Mitigations'],
  capabilityId: /^M\d{4}(?![^ ])/,
  distinctiveId: /^M(?:10[1-6]|08\d|09[0-6])\d(?![^ ])/,
  relations: ['mitigates'],
  stix: mitigationShape,
}

/**
 * All known frameworks, in the order in which id patterns are tried. CVE precedes KEV: pages with rows under no framework's
 * heading are older than the KEV mappings.
 */
export const frameworks: readonly Framework[] = [
  nist80053, veris, aws, azure, gcp, m365, cve, kev, intelVpro, criProfile, csaCcm,
  attackMitigations,
]

/** Detections and tests: they find a technique or try it, and do not mitigate it. */
const relatedShape: StixShape = { object: 'course-of-action', relationships: [{ type: 'related-to' }] }

/**
 * Frameworks that a dialect states by itself: a Sigma rule is one of the Sigma rules. Their ids have no form of their own, so that no id
 * identifies them. `--framework` names another: a team's own rules, for instance.
 */
export const dialectFrameworks: readonly Framework[] = [
  { id: 'sigma', name: 'Sigma rules', labels: [], relations: ['detects'], stix: relatedShape },
  { id: 'elastic', name: 'Elastic detection rules', labels: [], relations: ['detects'], stix: relatedShape },
  { id: 'splunk', name: 'Splunk detections', labels: [], relations: ['detects'], stix: relatedShape },
  { id: 'sentinel', name: 'Microsoft Sentinel rules', labels: [], relations: ['detects'], stix: relatedShape },
  { id: 'atomic_red_team', name: 'Atomic Red Team', labels: [], relations: ['tests'], stix: relatedShape },
  { id: 'dettect', name: 'DeTT&CT', labels: [], relations: ['detects'], stix: relatedShape },
  { id: 'dettect_visibility', name: 'DeTT&CT visibility', labels: [], relations: ['sees'], stix: relatedShape },
  { id: 'dettect_groups', name: 'DeTT&CT groups', labels: [], relations: ['uses'], stix: attackPatternShape },
]
