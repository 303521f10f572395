import { describe, expect, it } from 'vitest'
import { detectFrameworks } from '../../../src/frameworks/detect-frameworks.js'
import { loadKnownCapabilities, noKnownCapabilities } from '../../../src/frameworks/known-capabilities.js'

const known = await loadKnownCapabilities()

function detect(...ids: readonly string[]) {
  const { frameworkOf, guesses, refused } = detectFrameworks(new Set(ids), known)
  return {
    frameworks: [...new Set(ids.map((id) => frameworkOf(id) ?? 'unknown'))],
    guesses: guesses.map(({ framework, ids: count, of }) => `${framework.id} ${count}/${of}`),
    refused: refused && `${refused.framework.id} ${refused.ids}/${refused.of}`,
  }
}

describe('ids that are no evidence of a framework', () => {
  it.each([
    [['block legacy sign-in', 'block macros from mail', 'require mfa for admins']],
    [['mfa', 'vpn', 'backup', 'siem']],
    [['firewalls', 'conditional_access']],
    [['firewalls', 'chronicle', 'cloud_nat', 'mfa', 'vpn', 'backup']],
    [['cloud_proxy', 'microsoft_mfa', 'defender_rules', 'google_sso']],
    [['intel-sharing', 'intel-feeds']],
    [['1', '2', '4401', '90210', '4.1', '5.2']],
    [['2024-03-01', '1-Mar', '12/31/2024']],
    [['course-of-action--25dc1ce8-eb55-4333-ae30-a7cb4f5894a1', '25dc1ce8-eb55-4333-ae30-a7cb4f5894a1']],
    [['PR.AC-1', 'PR.AA-01', 'DE.CM-09', 'GV.OC-01']],
    [['IAC-01', 'NET-02', 'HRS-01', 'MON-03', 'CFG-02']],
    [['MAR-01', 'OUR-2', 'CTRL-001']],
    [['AA-1', 'BX-2', 'HR-3', 'AC-2']],
    [['M1', 'M2001', 'M999']],
    [['__proto__', 'constructor', 'toString']],
  ])('%j', (ids) => {
    expect(detect(...ids)).toMatchObject({ frameworks: ['unknown'], guesses: [] })
  })

  it('are counted where some of them could be', () => {
    expect(detect('AC-2', 'Back up daily', 'Review accounts', 'Train people')).toEqual({
      frameworks: ['unknown'], guesses: [], refused: 'nist_800_53 1/4',
    })
  })
})

describe('ids that show their framework', () => {
  it.each([
    [['AC-2', 'AC-03', 'SI-4 (2)'], 'nist_800_53'],
    [['M1027', 'M1036', 'M0801'], 'attack-mitigations'],
    [['AC-2', 'SC-7', 'CM-7', 'AU-6', 'ZZ-9'], 'nist_800_53'],
    [['CVE-2021-99999', 'cve-2020-1111111'], 'cve'],
    [['CVE-2021-44228'], 'kev'],
    [['aws_config', 'amazon_guardduty'], 'aws'],
    [['azure_policy'], 'azure'],
    [['network_security_groups', 'conditional_access', 'docker_host_hardening'], 'azure'],
    [['chronicle', 'cloud_armor', 'cloud_nat', 'packet_mirroring', 'a_new_one'], 'gcp'],
    [['DEF-AACI-E3', 'EID-MFA-E3'], 'm365'],
    [['DE.AE-02.01', 'PR.AA-01.02'], 'cri_profile'],
    [['IAM-16', 'I&S-03', 'LOG-04'], 'csa_ccm'],
    [['action.hacking.variety.Brute force', 'action.malware.vector.Email link'], 'veris'],
    [['intel-ptt', 'intel-aes-ni', 'intel-tdt'], 'intel-vpro'],
  ])('%j are of %s', (ids, framework) => {
    expect(detect(...ids)).toMatchObject({ frameworks: [framework] })
  })

  it('are stated with their share, which misspelt ids lower', () => {
    const ids = Array.from({ length: 19 }, (_, index) => `AC-${index + 1}`)
    expect(detect(...ids, 'AC 20x')).toEqual({ frameworks: ['nist_800_53'], guesses: ['nist_800_53 19/20'], refused: undefined })
  })

  it('may be of several frameworks, and of none', () => {
    expect(detect('AC-2', 'AC-3', 'CVE-2021-99999', '4.1')).toEqual({
      frameworks: ['nist_800_53', 'cve', 'unknown'], guesses: ['nist_800_53 2/4', 'cve 1/4'], refused: undefined,
    })
  })

  it('of CVE are of one framework, though some are known exploited ones', () => {
    expect(detect('CVE-2021-44228', 'CVE-2021-99991', 'CVE-2021-99992').frameworks).toEqual(['cve'])
  })

  it('are few without known capabilities', () => {
    expect(detectFrameworks(new Set(['chronicle']), noKnownCapabilities).guesses).toEqual([])
  })
})
