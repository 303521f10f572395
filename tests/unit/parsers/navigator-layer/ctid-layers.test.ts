import { describe, expect, it } from 'vitest'
import { layer, read } from '../../../support/read-layer.js'

/** Metadata as CTID's program writes them for the scores of one technique. */
function scored(...rows: readonly (readonly [category: string, value: string, comment: string])[]) {
  return rows.flatMap(([category, value, comment]) => [
    { name: 'category', value: category }, { name: 'value', value }, { name: 'comment', value: comment }, { divider: true },
  ])
}

describe('a layer of one control', () => {
  it('gives the scores in its metadata to the control that is its name', async () => {
    const { sets: [set], codes, diagnostics } = await read(layer([
      { techniqueID: 'T1552', enabled: 'True', score: 'Significant', category: 'Mixed', metadata: scored(['Protect', 'Minimal', 'Some.'], ['Detect', 'Significant', '']) },
      { techniqueID: 'T1552.004', metadata: scored(['Protect', 'Partial', 'Inside.']), links: [{ url: 'https://example.org' }], comment: 'See there.' },
      { techniqueID: 'T1078', score: 1 },
      { techniqueID: 'T1079', enabled: 'False', score: 1 },
    ], { name: 'AWS CloudHSM', description: 'Keeps keys.' }))
    const capability = { id: 'aws_cloudhsm', description: 'AWS CloudHSM' }
    expect(set?.framework).toEqual({ id: 'aws', name: 'AWS' })
    expect(set?.capabilities.get('aws_cloudhsm')).toMatchObject({ name: 'AWS CloudHSM', description: 'Keeps keys.' })
    expect(set?.mappings.map(({ origins: _origins, ...row }) => row)).toEqual([
      { kind: 'mapped', capability, technique: { id: 'T1552' }, score: { category: 'Protect', value: 'Minimal' }, comments: 'Some.' },
      { kind: 'mapped', capability, technique: { id: 'T1552' }, score: { category: 'Detect', value: 'Significant' } },
      {
        kind: 'mapped', capability, technique: { id: 'T1552.004' }, score: { category: 'Protect', value: 'Partial' },
        comments: 'Inside.\n\nSee there.', references: ['https://example.org'],
      },
      { kind: 'mapped', capability, technique: { id: 'T1078' }, score: { value: '1' } },
    ])
    expect(codes).toEqual({ 'parse/guessed-framework': 1, 'parse/disabled-technique': 1 })
    expect(diagnostics.find(({ code }) => code === 'parse/guessed-framework')?.message).toContain('aws_cloudhsm of AWS')
  })

  it.each([
    ['Cloud Hardware Security Module (HSM)', 'gcp', 'cloud_hardware_security_module_(hsm)'],
    ['Azure Key Vault', 'azure', 'azure_key_vault'],
    ['Our own box', 'unknown', 'our_own_box'],
  ])('%s is of %s', async (name, framework, id) => {
    const { sets: [set] } = await read(layer([{ techniqueID: 'T1552', metadata: scored(['Protect', 'Partial', '']) }], { name }))
    expect([set?.framework.id, ...(set?.capabilities.keys() ?? [])]).toEqual([framework, id])
  })

  it('leaves the framework to the user who names it', async () => {
    const { sets: [set], codes } = await read(layer([{ techniqueID: 'T1552', metadata: scored(['Protect', 'Partial', '']) }], { name: 'AWS CloudHSM' }), 'gcp')
    expect([set?.framework.id, codes]).toEqual(['unknown', {}])
  })
})

describe('a layer of CTID', () => {
  it('gives a row for each score of a control, and keeps what is beside them', async () => {
    const { sets: [set], codes } = await read(layer([{
      techniqueID: 'T1552',
      comment: 'Of the team.',
      metadata: [
        { name: 'Ticket', value: 'X-1' }, { name: 'control', value: 'AWS KMS' }, { name: 'category', value: 'Protect' }, { name: 'value', value: 'Partial' },
        { name: 'comment', value: 'a' }, { divider: true }, { name: 'category', value: 'Detect' }, { name: 'value', value: 'Minimal' },
      ],
    }]), 'aws')
    expect(set?.mappings.map(({ score, comments }) => [score, comments])).toEqual([
      [{ category: 'Protect', value: 'Partial' }, 'a\nTicket: X-1'], [{ category: 'Detect', value: 'Minimal' }, undefined],
    ])
    expect(codes).toEqual({ 'parse/not-attributed': 1 })
  })

  it('gives a row for each block of metadata, and the rest of the comment\'s list', async () => {
    const { sets: [set], codes } = await read(layer([{
      techniqueID: 'T1114',
      score: 3,
      comment: 'Related to:\n•EOP-MFR-E3\n•ME-CAE-E3\n•DEF-SecScore-E3',
      metadata: [
        { divider: true }, { name: 'capability', value: 'EOP-MFR-E3' }, { name: 'category', value: 'protect' }, { name: 'value', value: 'partial' },
        { name: 'comment', value: 'Rules look at mail.' },
        { divider: true }, { name: 'capability', value: 'ME-CAE-E3' }, { name: 'category', value: null }, { name: 'value', value: null },
        { divider: true }, { name: 'capability', value: 'EOP-MFR-E3' }, { name: 'category', value: 'detect' }, { name: 'value', value: 'minimal' },
      ],
    }], { versions: { navigator: '4.8.0', layer: '4.4' }, description: 'Scores represent the number of associated capabilities.' }))
    expect(set?.framework).toEqual({ id: 'm365', name: 'M365' })
    expect(set?.mappings.map(({ origins: _origins, ...row }) => row)).toEqual([
      {
        kind: 'mapped', capability: { id: 'EOP-MFR-E3' }, technique: { id: 'T1114' }, score: { category: 'protect', value: 'partial' },
        comments: 'Rules look at mail.',
      },
      { kind: 'mapped', capability: { id: 'ME-CAE-E3' }, technique: { id: 'T1114' } },
      { kind: 'mapped', capability: { id: 'EOP-MFR-E3' }, technique: { id: 'T1114' }, score: { category: 'detect', value: 'minimal' } },
      { kind: 'mapped', capability: { id: 'DEF-SecScore-E3' }, technique: { id: 'T1114' } },
    ])
    expect(codes).toEqual({ 'parse/guessed-framework': 1 })
  })

  it('gives a row for each capability that its comments list, and its scores count', async () => {
    const { sets: [set], codes } = await read(layer([
      { techniqueID: 'T1556', score: 2, comment: 'Mitigated by AC-1, AC-2' },
      { techniqueID: 'T1557', score: 9, comment: 'Mitigated by AC-1, AC-2' },
    ], { name: 'nist800_53_r5 overview', description: 'where scores are the number of associated controls' }))
    expect(set?.framework).toEqual({ id: 'nist_800_53', name: 'NIST 800-53', version: 'rev5' })
    expect(set?.mappings.map((row) => [row.kind, 'capability' in row && row.capability.id, row.relation])).toEqual([
      ['mapped', 'AC-1', 'mitigates'], ['mapped', 'AC-2', 'mitigates'], ['unmapped-technique', false, undefined],
    ])
    expect(codes).toEqual({ 'parse/missing-capability': 1 })
  })

  it('made by mapex has null for what maps to nothing, and that stays no technique', async () => {
    const { sets: [set], codes } = await read(layer([
      { techniqueID: 'T1078', score: 1, comment: ' Related to: \n •aws_config', metadata: [] },
      { techniqueID: null, score: 2, comment: ' Related to: \n •aws_artifact\n•aws_audit_manager', metadata: [] },
    ], { name: 'aws overview', description: 'aws heatmap overview of aws mappings, scores are the number of associated entries' }))
    expect(set?.framework).toEqual({ id: 'aws', name: 'AWS' })
    expect(set?.mappings.map((row) => [row.kind, 'capability' in row && row.capability.id])).toEqual([
      ['mapped', 'aws_config'], ['unmapped-capability', 'aws_artifact'], ['unmapped-capability', 'aws_audit_manager'],
    ])
    expect(codes).toEqual({ 'parse/missing-technique': 2, 'normalise/whitespace': 2 })
  })
})
