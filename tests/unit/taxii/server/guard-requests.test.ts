import { describe, expect, it } from 'vitest'
import { createTaxiiApp } from '../../../../src/taxii/server/create-taxii-app.js'

const app = createTaxiiApp({ collections: () => [], isKnown: (user, password) => user === 'ada' && password === 'pä:ss' })

async function get(path: string, init: { readonly headers?: Readonly<Record<string, string>> } = {}): Promise<Response> {
  return app.request(path, init)
}

function encode(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

describe('a password', () => {
  it.each(['/taxii2/', '/taxii2/mappings/collections/all/objects/', '/nowhere'])('is needed for %s', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(401)
    expect(response.headers.get('WWW-Authenticate')).toBe('Basic realm="crosswalk", charset="UTF-8"')
  })

  it('opens', async () => {
    for (const scheme of ['Basic', 'basic', 'BASIC']) {
      expect((await get('/taxii2/', { headers: { Authorization: `${scheme} ${encode('ada:pä:ss')}` } })).status).toBe(200)
    }
  })

  it('opens in Latin-1 too, as Python sends it', async () => {
    expect((await get('/taxii2/', { headers: { Authorization: `Basic ${btoa('ada:pä:ss')}` } })).status).toBe(200)
  })

  it.each(['', 'Basic', 'Basic ', `Basic ${encode('ada:wrong')}`, `Basic ${encode('eve:pä:ss')}`, `Basic ${encode('ada')}`, `Basic ${encode(':pä:ss')}`, 'Basic ÿ',
    `Bearer ${encode('ada:pä:ss')}`, 'Basic /w==', `Basic ${encode('ada:pä:ss')} x`])('does not when it is wrong: %s', async (authorization) => {
    expect((await get('/taxii2/', { headers: { Authorization: authorization } })).status).toBe(401)
  })
})

describe('a name', () => {
  const own = createTaxiiApp({ collections: () => [], isOwnName: (name) => name === 'localhost' })

  it('that is not the server\'s is not answered to', async () => {
    const statuses = ['http://localhost:6121/taxii2/', 'http://evil.example:6121/taxii2/', 'http://evil.example/nowhere']
      .map(async (address) => (await own.request(address)).status)
    expect(await Promise.all(statuses)).toEqual([200, 421, 421])
  })

  it('is any where nothing is said of names', async () => {
    const anyone = createTaxiiApp({ collections: () => [] })
    expect((await anyone.request('http://taxii.example.org/taxii2/')).status).toBe(200)
  })
})
