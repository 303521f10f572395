import { describe, expect, it } from 'vitest'
import { describeFramework, frameworkByLabel } from '../../../src/frameworks/find-framework.js'
import { frameworks } from '../../../src/frameworks/frameworks.js'

describe('the frameworks', () => {
  it('are twelve, each with an id of its own', () => {
    expect(frameworks.map((framework) => framework.id).toSorted()).toEqual([
      'attack-mitigations', 'aws', 'azure', 'cri_profile', 'csa_ccm', 'cve', 'gcp', 'intel-vpro', 'kev', 'm365', 'nist_800_53', 'veris',
    ])
  })

  it('have labels that no two share', () => {
    const labels = frameworks.flatMap((framework) => framework.labels.map((label) => label.toLowerCase()))
    expect(new Set(labels).size).toBe(labels.length)
  })

  it.each([
    ['AWS', 'aws'],
    ['Amazon Web Services (AWS)', 'aws'],
    ['NIST 800-53', 'nist_800_53'],
    ['nist_800_53', 'nist_800_53'],
    ['Known Exploited Vulnerabilities', 'kev'],
    ['CSA Cloud Controls Matrix (CCM)', 'csa_ccm'],
    ['INTEL VPRO', 'intel-vpro'],
  ])('are found by the label %s', (label, id) => {
    expect(frameworkByLabel(label)?.id).toBe(id)
  })

  it.each([
    ['nist_800_53', ['AC-2', 'AC-02', 'SI-4 (2)', 'AC-2(12)'], ['AC-2x', 'ac-2', 'ABC-02', 'AC-']],
    ['veris', ['action.malware.variety.Disable', 'attribute.confidentiality.data_disclosure'], ['action.malware', 'a.b.c']],
    ['veris', ['Action.Hacking.Vector.VPN'], ['Actions.Hacking.Vector.VPN']],
    ['m365', ['DEF-AACI-E3', 'DO365-ATH-E5', 'DEF-SecScore-E3'], ['AC-02', 'DEF-AACI-E4']],
    ['cve', ['CVE-2019-15243'], ['CVE-19-1', 'CVE-2019-15243x']],
    ['cri_profile', ['DE.AE-02.01', 'EX.DD-04'], ['DE.AE', 'DEAE-02.01']],
    ['csa_ccm', ['IAM-16', 'I&S-03', 'A&A-01'], ['AC-02', 'IAM-1']],
    ['intel-vpro', ['intel-ptt', 'intel-aes-ni'], ['intel']],
    ['gcp', ['chronicle', 'cloud_hardware_security_module_(hsm)'], ['Chronicle']],
  ])('know the ids of %s', (id, yes, no) => {
    const pattern = describeFramework(id).capabilityId
    for (const text of yes) expect(pattern?.exec(`${text} Name of it`)?.[0]).toBe(text)
    for (const text of no) expect(`${text} Name of it`).not.toMatch(pattern ?? /^/)
  })

  it('have id patterns that take linear time', () => {
    const texts = ['a', 'a_', 'a-', 'action.', 'AC-1'].map((text) => text.repeat(25_000))
    const start = performance.now()
    for (const { capabilityId, distinctiveId } of frameworks) {
      for (const text of texts) {
        capabilityId?.test(`${text}!`)
        distinctiveId?.test(`${text}!`)
      }
    }
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('a framework that nobody told of', () => {
  it('is described like a list of controls', () => {
    expect(describeFramework('Example Controls, 2nd ed.')).toEqual({
      id: 'example_controls_2nd_ed',
      name: 'Example Controls, 2nd ed.',
      labels: ['Example Controls, 2nd ed.'],
      relations: [],
      stix: { object: 'course-of-action', relationships: [{ relations: ['detects', 'tests', 'uses'], type: 'related-to' }, { type: 'mitigates' }] },
    })
  })

  it('gets an id even out of nothing, and a short one out of much', () => {
    expect(describeFramework(' ').id).toBe('unknown')
    expect(describeFramework('../../etc').id).toBe('etc')
    expect(describeFramework('x'.repeat(500)).id).toHaveLength(60)
  })
})
