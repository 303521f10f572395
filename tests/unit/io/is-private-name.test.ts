import { describe, expect, it } from 'vitest'
import { isPrivateName } from '../../../src/io/addresses.js'

describe('a name that no stranger can own', () => {
  it.each(['localhost', 'localhost.', '127.0.0.1', '10.1.2.3', '[::1]', 'opencti-host', 'host.docker.internal', 'nas.local', 'a.localhost',
    'tip.home.arpa', 'tip.test'])('is %s', (name) => {
    expect(isPrivateName(name)).toBe(true)
  })

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'notlocal.dev', 'xlocal.com', 'evil-internal.com.'])('is not %s', (name) => {
    expect(isPrivateName(name)).toBe(false)
  })
})
