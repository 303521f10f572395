/** A small control in the shape of CTID's Security Stack files, in our own words. */
export const sampleControl = `version: 1
ATT&CK version: 9
creation date: 07/26/2021
last update: 2021-08-01
name: AWS Key Cupboard (Beta)
contact: someone@example.org
organization: Example Org
platform: AWS
tags:
  - Credentials
  - Keys
description: >-
  Keeps keys
  in a cupboard.
techniques:
  - id: T1552
    name: Unsecured Credentials
    technique-scores:
      - category: Protect
        value: Minimal
        comments: Only some keys.
      - category: Detect
        value: Partial
    sub-techniques-scores:
      - sub-techniques:
          - id: T1552.001
            name: Credentials In Files
          - id: T1552.004
            name: Private Keys
        scores:
          - category: Protect
            value: Significant
            comments: >-
              No keys

              in files.
          - category: Respond
            value: Minimal
  - id: T1588
    name: Obtain Capabilities
comments: Cupboards were tested.
references:
  - https://example.org/cupboard
  - 'https://example.org/keys'
`

/** A small VERIS file of 2021, in our own words. */
export function sampleVeris() {
  return {
    metadata: {
      framework_id: 'VERIS', attack_domain: 'enterprise-attack', attack_version: '9.0',
      mappings_version: '1.9', veris_version: '1.3.5',
    },
    attack_to_veris: {
      T1059: { name: 'Command and Scripting Interpreter', veris: [
        'action.hacking.vector.Command shell', 'action.malware.variety.Unknown',
      ] },
      'T1552.001': { name: 'Credentials In Files', veris: ['attribute.confidentiality."".data_disclosure'] },
    } as Record<string, unknown>,
    veris_to_attack: {
      action: {
        hacking: { vector: { 'Command shell': { T1059: { name: 'Command and Scripting Interpreter' } } } },
        malware: { variety: { Unknown: { T1059: { name: 'Command and Scripting Interpreter' } } } },
      },
      attribute: { confidentiality: { '""': { data_disclosure: { 'T1552.001': { name: 'Credentials In Files' } } } } },
    } as Record<string, unknown>,
  }
}
