import { describe, expect, it } from 'vitest'
import { validateFile, validateValue } from './validate-file.js'

const uuid = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`
const tool = {
  type: 'tool', id: `tool--${uuid(1)}`, spec_version: '2.1', created: '2024-01-01T00:00:00.000Z',
  modified: '2024-01-01T00:00:00.000Z', name: 'x',
}

function bundleText(...objects: readonly string[]): string {
  return `{"type":"bundle","id":"bundle--${uuid(9)}","objects":[${objects.join(',')}]}`
}

describe('a hostile bundle', () => {
  it('of deep nesting is refused with its place, before it is understood', async () => {
    const deep = '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)
    expect((await validateFile(bundleText(`{"type":"tool","x_deep":${deep}}`))).found).toEqual([expect.stringMatching(/^read\/too-deep/)])
  })

  it('of nesting that is just allowed passes', async () => {
    const deep = '{"some_refs":['.repeat(90) + '1' + ']}'.repeat(90)
    const text = bundleText(JSON.stringify({ ...tool, x_deep: 0 }).replace('"x_deep":0', `"x_deep":${deep}`))
    expect((await validateFile(text)).found).toEqual(['verify/custom /objects'])
  })

  it('with duplicate names is reported, and the last of them counts', async () => {
    const text = bundleText(JSON.stringify(tool).replace('"name":"x"', '"name":"x","name":7'))
    expect((await validateFile(text)).found).toEqual(['read/duplicate-name', 'verify/schema /objects/0/name'])
  })

  it.each([
    '../../etc/passwd', 'tool--../../etc/passwd', '__proto__', 'constructor', 'tool--', '--', '\u001b[31mtool',
    'tool--'.repeat(100_000), '',
  ])(
    'whose id is %j has no valid id', async (id) => {
      expect((await validateValue({ type: 'bundle', id: `bundle--${uuid(9)}`, objects: [{ ...tool, id }] })).found).toEqual(['verify/schema /objects/0/id'])
    })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '../../x'])('of a type and properties called %s changes nothing of the program', async (name) => {
    const text = bundleText(`{"type":${JSON.stringify(name)},"id":"tool--${uuid(1)}",${JSON.stringify(name)}:{"type":"tool","polluted":true}}`)
    expect((await validateFile(text)).found).toContain('verify/schema /objects/0/id')
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it.each([null, true, 7, 'x', [], [[]], {}, [null], { type: null }, { type: [] }, { id: {} }, { type: 'tool', id: 7, created: {}, external_references: 'x', extensions: [] }])(
    'containing %j as an object is invalid', async (object) => {
      const { found } = await validateValue({ type: 'bundle', id: `bundle--${uuid(9)}`, objects: [object] })
      expect(found.some((line) => line.startsWith('verify/schema /objects/0'))).toBe(true)
    })

  it('of texts that would make expressions backtrack is validated quickly', async () => {
    const long = `${'a'.repeat(200_000)}!`
    const { found } = await validateValue({
      type: 'bundle', id: `bundle--${uuid(9)}`, objects: [{
        ...tool, type: long, id: long, created: `2024-01-01T00:00:00.${'0'.repeat(200_000)}1Z`,
        modified: `2024-01-01T00:00:00.${'0'.repeat(200_000)}x`,
        labels: [long],
        external_references: [{ source_name: 'cve', external_id: `CVE-2024-${'0'.repeat(200_000)}`, url: `https:${long}%` }],
        granular_markings: [{ lang: 'en', selectors: [`${'a.'.repeat(100_000)}!`] }], [long]: 1,
      }],
    })
    expect(found.length).toBeGreaterThan(4)
  })

  it('with a cycle of twenty thousand groupings is one warning', async () => {
    const count = 20_000
    const objects = Array.from({ length: count }, (_, nth) => ({
      ...tool, type: 'grouping', id: `grouping--${uuid(nth)}`, context: 'unspecified',
      object_refs: [`grouping--${uuid((nth + 1) % count)}`],
    }))
    expect((await validateValue({ type: 'bundle', id: `bundle--${uuid(9)}`, objects })).found).toEqual([`verify/doubtful /objects/${count - 1}/object_refs`])
  })

  it('of twenty thousand objects that are all wrong makes few diagnostics', async () => {
    const objects = Array.from({ length: 20_000 }, (_, nth) => ({ type: 'tool', id: `tool--${uuid(nth)}`, name: nth, x_some_ref: `tool--${uuid(nth + 1_000_000)}` }))
    const { found } = await validateValue({ type: 'bundle', id: `bundle--${uuid(9)}`, objects })
    expect(found.length).toBeLessThan(150)
    expect(found.length).toBeGreaterThan(50)
  })
})
