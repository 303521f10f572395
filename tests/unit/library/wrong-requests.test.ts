import { describe, expect, it } from 'vitest'
import { createDiskHost, fetchRelease, push, readAttackSources, serve } from '../../../src/node.js'
import {
  bridge, convert, coverage, createMemoryHost, diff, inspect, openAttack, RequestError, type RequestMistake, upgrade, validate,
} from '../../../src/index.js'

/** The mistake of a call; undefined if it succeeds. Anything but a RequestError fails the test. */
async function mistakeOf(call: () => unknown): Promise<Pick<RequestError, 'code' | 'at' | 'message'> | undefined> {
  try {
    await call()
    return undefined
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const { code, at, message } = error
    return { code, at, message }
  }
}

/** Calls as JavaScript may make them, whatever the types say. */
type Loose = (request: unknown, host?: unknown) => unknown

function loose(called: unknown): Loose {
  if (typeof called !== 'function') throw new Error('no function')
  return (...args) => Reflect.apply(called, undefined, args)
}

const host = createMemoryHost({ 'a.csv': 'capability_id,technique\nAC-2,T1078\n' })

type Case = readonly [request: unknown, code: RequestMistake, at: string, said: string]

const conversions: readonly Case[] = [
  [undefined, 'wrong-type', 'request', 'expected an object, found nothing'],
  [null, 'wrong-type', 'request', 'found null'],
  ['csv', 'wrong-type', 'request', 'expected an object, found text'],
  [{}, 'missing-field', 'emitters', 'the field is missing'],
  [{ emitters: 'csv' }, 'wrong-type', 'emitters', 'expected an object, found text'],
  [{ emitters: ['cvs'] }, 'unknown-emitter', 'emitters[0]', 'unknown emitter "cvs". Did you mean "csv"?'],
  [{ emitters: ['csv', 'STIX'] }, 'unknown-emitter', 'emitters[1]', 'Did you mean "stix"?'],
  [{ emitters: ['csv', undefined] }, 'wrong-type', 'emitters[1]', 'expected the emitter as text, found nothing'],
  [{ emitters: ['constructor'] }, 'unknown-emitter', 'emitters[0]', 'Allowed: stix, misp-galaxy,'],
  [{ emitters: { stx: {} } }, 'unknown-emitter', 'emitters.stx', 'Did you mean "stix"?'],
  [{ emitters: { __proto__: null, toString: {} } }, 'unknown-emitter', 'emitters.toString', 'unknown emitter "toString"'],
  [{ emitters: { stix: true } }, 'wrong-type', 'emitters.stix', 'expected an object, found true or false'],
  [{ emitters: { stix: { 'stix-profil': 'tip' } } }, 'unknown-option', 'emitters.stix.stix-profil', 'Did you mean "stix-profile"?'],
  [{ emitters: { stix: { 'stix-profile': 'opencty' } } }, 'unknown-value', 'emitters.stix.stix-profile', 'Did you mean "opencti"?'],
  [{ emitters: { stix: { 'stix-grouping': 'no' } } }, 'wrong-type', 'emitters.stix.stix-grouping', 'expected true or false, found text'],
  [{ emitters: { csv: { 'layer-by': 'group' } } }, 'unknown-option', 'emitters.csv.layer-by', 'unknown option "layer-by"'],
  [{ emitters: { json: { pretty: true } } }, 'unknown-option', 'emitters.json.pretty', 'there is no option here'],
  [{ emitters: { png: { 'png-width': '900' } } }, 'wrong-type', 'emitters.png.png-width', 'expected a number, found text'],
  [{ emitters: { png: { 'png-width': NaN } } }, 'wrong-type', 'emitters.png.png-width', 'expected a number'],
  [{ emitters: { png: { 'png-width': 99_999 } } }, 'wrong-value', 'emitters.png.png-width', '99999 is not a finite number from 320 to 8192'],
  [{ emitters: { png: { 'png-width': 319 } } }, 'wrong-value', 'emitters.png.png-width', 'from 320 to 8192'],
  [{ emitters: { navigator: { 'layer-metadata-limit': -1 } } }, 'wrong-value', 'emitters.navigator.layer-metadata-limit', '-1 is not a finite number from 0'],
  [{ emitters: { png: { 'png-width': Infinity } } }, 'wrong-value', 'emitters.png.png-width', 'not a finite number'],
  [{ emitters: ['csv'], created: '2023-02-29' }, 'wrong-value', 'created', '"2023-02-29" is not a date'],
  [{ emitters: ['csv'], created: '31.12.2024' }, 'wrong-value', 'created', 'is not a date such as 2024-12-31'],
  [{ emitters: ['csv'], created: new Date(0) }, 'wrong-type', 'created', 'expected a date as text'],
  [{ emitters: ['csv'], combine: 1 }, 'wrong-type', 'combine', 'expected true or false, found a number'],
  [{ emitters: ['csv'], options: {} }, 'unknown-field', 'options', 'unknown field "options"'],
  [{ emitters: ['csv'], input: ['a'] }, 'unknown-field', 'input', 'Did you mean "inputs"?'],
  [{ emitters: ['csv'], inputs: 'a.csv' }, 'wrong-type', 'inputs', 'expected a list, found text'],
  [{ emitters: ['csv'], inputs: [''] }, 'wrong-value', 'inputs[0]', 'the text is empty'],
  [{ emitters: ['csv'], inputs: Array.from({ length: 2 }) }, 'wrong-type', 'inputs[0]', 'found nothing'],
  [{ emitters: ['csv'], from: 'tabel' }, 'unknown-value', 'from', 'unknown parser "tabel". Did you mean "table"?'],
  [{ emitters: ['csv'], statements: { domain: 'enterprize' } }, 'unknown-value', 'statements.domain', 'Did you mean "enterprise"?'],
  [{ emitters: ['csv'], statements: { attackversion: '16.1' } }, 'unknown-field', 'statements.attackversion', 'Did you mean "attackVersion"?'],
  [{ emitters: ['csv'], statements: { attackVersion: 16.1 } }, 'wrong-type', 'statements.attackVersion', 'as text, such as "18.1"'],
  [{ emitters: ['csv'], statements: { attackVersion: 'newest' } }, 'wrong-value', 'statements.attackVersion', 'is not an ATT&CK release'],
  [{ emitters: ['csv'], statements: { framework: ' ' } }, 'wrong-value', 'statements.framework', 'the text is empty'],
  [{ emitters: ['csv'], statements: { columns: { technique: 3 } } }, 'wrong-type', 'statements.columns.technique', 'found a number'],
  [{ emitters: ['csv'], statements: { split: { technique: ';' } } }, 'unknown-field', 'statements.split.technique', 'Allowed: capability'],
  [{ emitters: ['csv'], statements: [] }, 'wrong-type', 'statements', 'expected an object, found a list'],
  [{ emitters: ['csv'], attack: {} }, 'wrong-type', 'attack', 'an ATT&CK index'],
  [{ emitters: ['csv'], attackBundle: 'bundle.json' }, 'wrong-type', 'attackBundle', 'expected an object, found text'],
  [{ emitters: ['csv'], attackReleases: [{ name: 'a', path: 'a', bytes: 'x', sha256: '' }] }, 'wrong-type', 'attackReleases[0].bytes', 'expected bytes'],
]

describe('convert', () => {
  it.each(conversions)('refuses %j', async (request, code, at, said) => {
    expect(await mistakeOf(() => loose(convert)(request, host))).toEqual({ code, at, message: expect.stringContaining(said) })
  })

  it.each([
    { emitters: [] }, { emitters: {} }, { emitters: ['csv'], from: undefined }, { emitters: { csv: {}, stix: undefined } },
    { emitters: { navigator: { 'layer-by': 'group', 'layer-metadata-limit': 3 } }, created: '2024-02-29' },
    { emitters: ['csv'], statements: { attackVersion: 'v16', columns: { technique: ['technique'] } } },
  ])('accepts %j', async (request) => {
    expect(await mistakeOf(() => loose(convert)(request, host))).toBeUndefined()
  })

  it.each([[undefined, 'nothing'], [{}, 'an object'], [() => host, 'a function'], [{ ...host, writeArtifact: 1 }, 'an object']])(
    'refuses a host that is none', async (wrong, found) => {
      expect(await mistakeOf(() => loose(convert)({ emitters: ['csv'] }, wrong)))
        .toEqual({ code: 'wrong-type', at: 'host', message: expect.stringContaining(`found ${found}`) })
    })

  it('names what is allowed, for programs', async () => {
    const error = await Promise.resolve(loose(convert)({ emitters: ['cvs'] }, host)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'RequestError', code: 'unknown-emitter', suggestion: 'csv' })
    expect(error).toHaveProperty('allowed', expect.arrayContaining(['csv', 'stix', 'png']))
  })

  it('keeps the options of one emitter from another', async () => {
    const chosen = createMemoryHost({ 'a.csv': 'capability_id,technique\nAC-2,T1078\n' })
    const { artifacts } = await convert({ emitters: { navigator: { palette: 'viridis' }, html: {} } }, chosen)
    const palettes = Object.fromEntries(artifacts.map(({ emitter, options }) => [emitter, options['palette']]))
    expect(palettes).toEqual({ navigator: 'viridis', html: 'blue' })
  })
})

const others: readonly (readonly [name: string, called: unknown, ...Case])[] = [
  ['inspect', inspect, { emitters: ['csv'] }, 'unknown-field', 'emitters', 'unknown field "emitters"'],
  ['validate', validate, { platforms: ['openct'] }, 'unknown-value', 'platforms[0]', 'Did you mean "opencti"?'],
  ['validate', validate, { for: 'misp' }, 'unknown-field', 'for', 'Allowed:'],
  ['upgrade', upgrade, { emitters: ['csv'] }, 'missing-field', 'to', 'the field is missing'],
  ['upgrade', upgrade, { emitters: ['csv'], to: 'latest' }, 'wrong-value', 'to', 'is not an ATT&CK release'],
  ['upgrade', upgrade, { emitters: ['csv'], to: 18 }, 'wrong-type', 'to', 'found a number'],
  ['upgrade', upgrade, { emitters: ['csv'], to: '18.1', decisions: 'a.csv' }, 'wrong-type', 'decisions', 'expected a list'],
  ['diff', diff, { before: ['a.csv'] }, 'missing-field', 'after', 'the field is missing'],
  ['diff', diff, { before: ['a.csv'], after: ['a.csv'], formats: ['pdf'] }, 'unknown-value', 'formats[0]', 'Allowed: text, json, csv, xlsx, layer, html'],
  ['convert', convert, { emitters: ['html'], against: ['APT29'] }, 'unknown-value', 'against', 'only in an ATT&CK bundle'],
  ['upgrade', upgrade, { emitters: ['html'], to: '18.1', against: ['APT29'] }, 'unknown-field', 'against', 'unknown field "against"'],
  ['coverage', coverage, { threshold: 'significent' }, 'unknown-value', 'threshold', 'Did you mean "significant"?'],
  ['bridge', bridge, { left: ['a.csv'], right: ['a.csv'], minStrength: 2 }, 'wrong-value', 'minStrength', '2 is not a finite number from 0 to 1'],
  ['bridge', bridge, { left: ['a.csv'], right: ['a.csv'], limit: 0.5 }, 'wrong-value', 'limit', 'not a whole number from 1'],
  ['bridge', bridge, { left: ['a.csv'], right: ['a.csv'], formats: ['layer'] }, 'unknown-value', 'formats[0]', 'unknown format "layer"'],
  ['bridge', bridge, { left: ['a.csv'], right: ['a.csv'], capability: 'AC-3' }, 'unknown-value', 'capability', 'Did you mean "AC-2"?'],
  ['bridge', bridge, { left: [], right: ['none.csv'] }, 'unsuitable-sets', 'request', 'no two mapping sets are of one ATT&CK domain (1 left, 0 right)'],
  ['openAttack', openAttack, { bundle: 'x' }, 'unknown-field', 'bundle', 'Allowed: attackBundle, attackReleases'],
  ['createMemoryHost', createMemoryHost, { 'a.csv': 3 }, 'wrong-type', 'documents.a.csv', 'expected text or bytes'],
  ['createMemoryHost', createMemoryHost, ['a'], 'wrong-type', 'documents', 'expected an object'],
  ['createDiskHost', createDiskHost, {}, 'missing-field', 'output', 'the field is missing'],
  ['createDiskHost', createDiskHost, { output: 'x', maxByte: 3 }, 'unknown-field', 'maxByte', 'Did you mean "maxBytes"?'],
  ['createDiskHost', createDiskHost, { output: 'x', extensions: 'csv' }, 'wrong-type', 'extensions', 'expected a list'],
  ['readAttackSources', readAttackSources, { bundle: 'no/such.json' }, 'wrong-value', 'bundle', 'no such file'],
  ['fetchRelease', fetchRelease, { version: '19', domain: 'ics' }, 'wrong-value', 'version', 'neither "latest" nor a complete release'],
  ['fetchRelease', fetchRelease, { version: 'latest', domain: 'isc' }, 'unknown-value', 'domain', 'Did you mean "ics"?'],
  ['fetchRelease', fetchRelease, { version: 'latest', domain: 'ics', from: 'mirror' }, 'wrong-value', 'from', 'is not a URL'],
  ['fetchRelease', fetchRelease, { version: 'latest', domain: 'ics', proxy: 'socks5://u:secret@p:1' }, 'wrong-value', 'proxy', 'not the address of a proxy, such as'],
  ['fetchRelease', fetchRelease, { version: 'latest', domain: 'ics', proxy: true }, 'wrong-type', 'proxy', 'expected text'],
  ['fetchRelease', fetchRelease, { version: 'latest', domain: 'ics', ca: 'ca.pem' }, 'wrong-value', 'ca', 'no certificates as PEM'],
  ['fetchRelease', fetchRelease, { version: 'latest', domain: 'ics', timeout: 0 }, 'wrong-value', 'timeout', 'from 0.001 to 86400'],
  ['fetchRelease', fetchRelease, { version: 'latest', domain: 'ics', prox: 'x' }, 'unknown-field', 'prox', 'Did you mean "proxy"?'],
  ['push', push, { url: 'https://tip.example/collections/a/', inputs: [], proxy: 'p:1' }, 'wrong-value', 'proxy', 'not the address of a proxy'],
  ['push', push, { url: 'https://tip.example/x/', inputs: [] }, 'wrong-value', 'url', 'not the URL of a collection'],
  ['push', push, { url: 'http://tip.example/collections/a/', inputs: [] }, 'wrong-value', 'url', 'is not https'],
  ['push', push, { url: 'https://u:p@tip.example/collections/a/', inputs: [] }, 'wrong-value', 'url', 'contains a user name or a password'],
  ['push', push, { url: 'http://u:p@tip.example/collections/a/', inputs: [], insecureHttp: true }, 'wrong-value', 'url', 'contains a user name'],
  ['serve', serve, { folder: '.', host: '0.0.0.0' }, 'missing-field', 'host', 'credentials and tls are required'],
  ['serve', serve, { folder: '.', port: 70_000 }, 'wrong-value', 'port', 'from 0 to 65535'],
  ['serve', serve, { folder: '.', credentials: { user: 'a:b', password: 'x' } }, 'wrong-value', 'credentials.user', 'colon'],
]

describe('the other functions', () => {
  it.each(others)('%s refuses %o', async (_name, called, request, code, at, said) => {
    expect(await mistakeOf(() => loose(called)(request, host))).toEqual({ code, at, message: expect.stringContaining(said) })
  })

  it('memory hosts refuse means that are none', async () => {
    expect(await mistakeOf(() => loose(createMemoryHost)({}, { openRasterizer: () => undefined })))
      .toEqual({ code: 'unknown-field', at: 'means.openRasterizer', message: expect.stringContaining('Did you mean "openRasteriser"?') })
  })

  it.each([
    ['T1078', { domain: 'enterprize' }, 'unknown-value', 'scope.domain', 'Did you mean "enterprise"?'],
    ['T1078', { version: '16.9' }, 'unknown-release', 'scope.version', 'ATT&CK 16.9 is not available'],
    ['T1078', { version: '99' }, 'unknown-release', 'scope.version', 'Allowed: 8.2'],
    ['T1078', { release: '16.1' }, 'unknown-field', 'scope.release', 'Allowed: domain, version'],
    ['', {}, 'wrong-value', 'id', 'the text is empty'],
    [1078, {}, 'wrong-type', 'id', 'expected text'],
  ] as const)('look-ups refuse %j in %j', async (id, scope, code, at, said) => {
    const attack = await openAttack()
    expect(await mistakeOf(() => loose(attack.technique)(id, scope))).toEqual({ code, at, message: expect.stringContaining(said) })
  })
})
