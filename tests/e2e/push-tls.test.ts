import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFakeTaxii } from '../support/fake-taxii.js'
import { makeSelfSigned } from '../support/self-signed-certificate.js'
import { serveTaxii } from '../support/serve-taxii.js'
import { page } from './pages.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

it('pushes by HTTPS to a server whose authority Node.js is told of, and to no other', async () => {
  const cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  await runCrosswalk(['convert', 'page.txt', '--to', 'stix', '--output', 'results'], { cwd })
  const tls = makeSelfSigned()
  await writeFile(join(cwd, 'ca.pem'), tls.cert)
  const fake = createFakeTaxii({})
  const { address } = await serveTaxii(fake, tls)
  const push = async (env: Readonly<Record<string, string>>) =>
    runCrosswalk(['push', `${address}/api1/collections/mappings/`, 'results', '--retries', '0'], { cwd, env })
  expect(await push({})).toMatchObject({ code: 1, stderr: expect.stringContaining('certificate') })
  expect(fake.requests).toEqual([])
  expect(await push({ NODE_EXTRA_CA_CERTS: join(cwd, 'ca.pem') })).toMatchObject({ code: 0, stderr: expect.stringContaining(' objects added to "Mappings"') })
  expect(fake.held.size).toBeGreaterThan(0)
})
