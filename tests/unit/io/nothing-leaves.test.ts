import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { createDiskHost } from '../../../src/io/disk-host.js'
import { writeFileAtomically } from '../../../src/io/write-files.js'
import { WriteError } from '../../../src/pipeline/host.js'

let folder: string
const at = (...parts: readonly string[]): string => path.join(folder, ...parts)
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-'))
  await mkdir(at('in', 'deep'), { recursive: true })
  await Promise.all([writeFile(at('in', 'a.json'), '{}'), writeFile(at('outside.json'), '[1]')])
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function read(followLinks?: boolean, inputs: readonly string[] = ['in']) {
  const log = createDiagnosticLog()
  const host = createDiskHost({ output: at('out'), extensions: ['json'], ...(followLinks !== undefined && { followLinks }) })
  const documents = await host.readDocuments(inputs.map((input) => at(input)), log.report)
  return { names: documents.map(({ name }) => name), messages: log.entries.map(({ code, message }) => `${code} ${message}`) }
}

describe.skipIf(process.platform === 'win32')('links in a folder', () => {
  it.each(['in/link.json', 'in/deep/link.json'])('that lead out of it are not read, with a note: %s', async (link) => {
    await symlink(at('outside.json'), at(link))
    const { names, messages } = await read()
    expect(names).toEqual(['a.json'])
    expect(messages).toEqual([expect.stringContaining('read/skipped')])
    expect(messages[0]).toContain('link.json was skipped: it is a link to a file outside of')
    expect((await read(true)).names).toEqual(['a.json', link.slice(3)])
  })

  it('that lead out by way of another link are not read', async () => {
    await symlink(at('outside.json'), at('in', 'deep', 'first.txt'))
    await symlink(at('in', 'deep', 'first.txt'), at('in', 'second.json'))
    expect((await read()).names).toEqual(['a.json'])
  })

  it('that stay inside are read, each file once; so are files that are named, and all below a folder that is itself a link', async () => {
    await writeFile(at('in', 'deep', '..b'), '[2]')
    await symlink(at('in', 'a.json'), at('in', 'deep', 'again.json'))
    await symlink(at('in', 'deep', '..b'), at('in', 'b.json'))
    await symlink(at('outside.json'), at('named.json'))
    await symlink(at('in'), at('folder'))
    expect((await read()).names).toEqual(['a.json', 'b.json'])
    expect((await read(false, ['named.json'])).names).toEqual(['named.json'])
    expect((await read(false, ['folder'])).names).toEqual(['a.json', 'b.json'])
  })
})

describe('writing', () => {
  it.each(['../x.json', '/x.json', '..', 'a/../../x', ''])('throws for a name outside of the output: %j', async (name) => {
    const host = createDiskHost({ output: at('out'), extensions: [] })
    await expect(host.writeArtifact(name, new Uint8Array(1))).rejects.toThrow(WriteError)
    await expect(host.removeArtifact(name)).rejects.toThrow(WriteError)
    expect(await readdir(folder)).toEqual(['in', 'outside.json'])
  })

  it('leaves no temporary file, and never writes to one that exists', async () => {
    await symlink(at('outside.json'), at(`.x.json.${process.pid}.tmp`))
    await writeFileAtomically(at('x.json'), new TextEncoder().encode('new'))
    expect(await readFile(at('x.json'), 'utf8')).toBe('new')
    expect(await readFile(at('outside.json'), 'utf8')).toBe('[1]')
    expect((await readdir(folder)).filter((name) => name.startsWith('.crosswalk'))).toEqual([])
  })
})
