import { describe, expect, it } from 'vitest'
import { upgrade } from '../../../../src/analyses/upgrade/upgrade.js'
import type { DocumentFile } from '../../../../src/formats/decoded.js'
import { createMemoryHost } from '../../../../src/pipeline/host.js'

const base = 'aws-1_attack-18.1-enterprise'
// T1086 was revoked by T1059.001 long ago; T1108 is deprecated; T1485 got a sub-technique after 9.0; T9998 never was.
const document = JSON.stringify({
  metadata: { mapping_framework: 'aws', mapping_framework_version: '1', attack_version: '9.0', technology_domain: 'enterprise', mapping_types: { mitigates: { name: 'mitigates' } } },
  mapping_objects: ['T1086', 'T1108', 'T1485', 'T9998', 'T1190'].map((id) => ({
    capability_id: 'one', capability_description: 'One', mapping_type: 'mitigates', attack_object_id: id, attack_object_name: null, status: 'complete',
  })),
})

async function run(decisions: readonly DocumentFile[] = []) {
  const host = createMemoryHost({ 'aws.json': document })
  const report = await upgrade({ inputs: [], emitters: ['json', 'xlsx'], to: '18.1', decisions }, host)
  const text = (name: string) => new TextDecoder().decode(host.written.get(`${base}${name}`))
  const ids = report.upgrades[0]?.set.mappings.flatMap((row) => (row.kind === 'unmapped-capability' ? [] : [row.technique.id]))
  return { host, report, text, ids, reported: report.diagnostics.filter(({ code }) => code.startsWith('upgrade/')) }
}

function file(name: string, content: string | Uint8Array): DocumentFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { name, path: name, bytes, sha256: 'b'.repeat(64) }
}

/** The report with decisions filled in: by the technique that a row had. */
function decide(csv: string, decisions: Readonly<Record<string, string>>): string {
  return csv.split('\r\n').map((line) => {
    const [change = '', , capability, id = '', ...rest] = line.split(',')
    return Object.hasOwn(decisions, id) ? [change, decisions[id], capability, id, ...rest].join(',') : line
  }).join('\r\n')
}

describe('decisions', () => {
  it('wait without a reviewer', async () => {
    const { ids, reported, report } = await run()
    expect(ids).toEqual(['T1059.001', 'T1108', 'T1485', 'T9998', 'T1190'])
    expect(reported).toMatchObject([{ code: 'upgrade/rows-wait', count: 3 }])
    expect(report.artifacts.map(({ name }) => name.slice(base.length)).toSorted()).toEqual([
      '.json', '.upgrade.candidates.csv', '.upgrade.changes.csv', '.upgrade.json', '.upgrade.layer.json', '.upgrade.techniques.csv', '.xlsx',
    ])
  })

  it('are applied from the edited CSV, and stand in the next report', async () => {
    const first = await run()
    const csv = decide(first.text('.upgrade.changes.csv'), { T1086: 'keep', T1108: ' DROP', T1485: 't1485.001', T9998: 'keep' })
    const { ids, reported, text, report } = await run([file('decided.csv', csv)])
    expect(reported).toEqual([])
    expect(ids).toEqual(['T1086', 'T1485.001', 'T9998', 'T1190'])
    expect(JSON.parse(text('.upgrade.json'))).toMatchObject({
      counts: { rowsIn: 5, rowsOut: 4, dropped: 1, decided: 4, open: 0 },
      changes: [
        { decision: 'drop', outcome: 'dropped', before: { id: 'T1108' } },
        { decision: 'T1485.001', outcome: 'changed', after: { id: 'T1485.001' } },
        { decision: 'keep', outcome: 'as before', after: { id: 'T9998' } },
        { decision: 'keep', outcome: 'as before', after: { id: 'T1086' } },
      ],
    })
    expect(report.upgrades[0]?.set.mappings.map(({ release }) => release)).toEqual([undefined, undefined, undefined, undefined])
    const manifest: unknown = JSON.parse(new TextDecoder().decode((await run([file('decided.csv', csv)])).host.written.get('manifest.json')))
    expect(manifest).toMatchObject({ sources: [{ name: 'aws.json' }, { name: 'decided.csv', rows: 4 }] })
  })

  it('survive: the report of a run with decisions gives the same run', async () => {
    const first = await run()
    const second = await run([file('a.csv', decide(first.text('.upgrade.changes.csv'), { T1108: 'drop', T1485: 'T1485.001' }))])
    const third = await run([file('b.csv', second.text('.upgrade.changes.csv'))])
    expect(third.text('.upgrade.json')).toBe(second.text('.upgrade.json'))
  })

  it('are applied from JSON and from the workbook too', async () => {
    const first = await run()
    const json = first.text('.upgrade.json').replace('"decision": null', '"decision": "drop"')
    expect((await run([file('decided.json', json)])).ids).toEqual(['T1059.001', 'T1485', 'T9998', 'T1190'])
    const second = await run([file('decided.json', json)])
    const workbook = second.host.written.get(`${base}.xlsx`) ?? new Uint8Array()
    expect((await run([file('decided.xlsx', workbook)])).ids).toEqual(['T1059.001', 'T1485', 'T9998', 'T1190'])
  })

  it('that are none stop the run before anything is written, and say where they stand', async () => {
    const first = await run()
    const csv = decide(first.text('.upgrade.changes.csv'), { T1108: 'perhaps', T1485: 'T1086' })
    const { reported, host } = await run([file('decided.csv', csv)])
    expect(reported).toMatchObject([
      { code: 'upgrade/unknown-decision', found: 'perhaps', origin: { document: 'decided.csv', place: { kind: 'text', line: 2, column: 8 } } },
      { code: 'upgrade/unknown-decision', found: 'T1086', message: 'T1086 is not an active technique of Enterprise ATT&CK 18.1; nothing was written' },
      { code: 'upgrade/rows-wait' },
    ])
    expect([...host.written.keys()]).toEqual([])
  })

  it('that contradict one another stop it too', async () => {
    const first = await run()
    const csv = first.text('.upgrade.changes.csv')
    const { reported } = await run([file('a.csv', decide(csv, { T1108: 'drop' })), file('b.csv', decide(csv, { T1108: 'keep' }))])
    expect(reported).toMatchObject([{ code: 'upgrade/unknown-decision', found: 'keep', expected: 'drop (a.csv:2)' }, { code: 'upgrade/rows-wait' }])
  })

  it('about rows that are in no document are reported, and the others applied', async () => {
    const first = await run()
    const csv = decide(first.text('.upgrade.changes.csv'), { T1108: 'drop', T1485: 'drop' }).replaceAll('T1485,', 'T1486,')
    const { reported, ids } = await run([file('decided.csv', csv)])
    expect(reported).toMatchObject([{ code: 'upgrade/unknown-row', severity: 'warning', origin: { place: { line: 3 } } }, { code: 'upgrade/rows-wait', count: 2 }])
    expect(ids).toEqual(['T1059.001', 'T1485', 'T9998', 'T1190'])
  })

  it.each([['a text', 'Just words.'], ['another table', 'a,b\r\n1,2\r\n'], ['other JSON', '{"kind":"diff","changes":[]}'], ['nothing', '']])(
    'can\'t be had of %s', async (_what, content) => {
      const { report, host } = await run([file('wrong.txt', content)])
      expect(report.diagnostics.some(({ severity, origin }) => severity === 'error' && origin?.document === 'wrong.txt')).toBe(true)
      expect([...host.written.keys()]).toEqual([])
    },
  )
})
