import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate that signs itself, and its key, as PEM. */
export interface SelfSigned {
  readonly cert: string
  readonly key: string
}

/** Makes a certificate for 127.0.0.1 and localhost with Node's own cryptography (RFC 5280, section 4.1). */
export function makeSelfSigned(): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(objectId('2a8648ce3d040302'))
  const name = sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0C, Buffer.from('127.0.0.1')))))
  const validity = sequence(tagged(0x17, Buffer.from('200101000000Z')), tagged(0x17, Buffer.from('491231235959Z')))
  const names = sequence(tagged(0x82, Buffer.from('localhost')), tagged(0x87, Buffer.from([127, 0, 0, 1])))
  const authority = sequence(tagged(0x01, Buffer.from([0xFF])))
  const extensions = sequence(
    sequence(objectId('551d11'), tagged(0x04, names)),
    sequence(objectId('551d13'), tagged(0x01, Buffer.from([0xFF])), tagged(0x04, authority)),
  )
  const content = sequence(
    tagged(0xA0, tagged(0x02, Buffer.from([2]))), tagged(0x02, Buffer.from([1])), algorithm, name, validity, name,
    publicKey.export({ type: 'spki', format: 'der' }), tagged(0xA3, extensions),
  )
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', content, privateKey)]))
  const body = sequence(content, algorithm, signature).toString('base64').replaceAll(/.{64}/g, '$&\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** Tag, length and value (X.690, section 8.1). */
function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xFF]
  return Buffer.concat([Buffer.from([tag, ...size]), value])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'))
}
