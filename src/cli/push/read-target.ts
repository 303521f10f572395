import { judgeAddress } from '../../io/judge-address.js'
import { readCollectionAddress, type CollectionAddress } from '../../taxii/client/collection-address.js'
import { UsageError } from '../usage-error.js'

/** Reads the address of a collection. https, or http on this machine, unless the user allows http anywhere. */
export function readTarget(text: string, insecureHttp: boolean): CollectionAddress {
  if (!URL.canParse(text)) throw new UsageError(`"${text}" is no address, such as https://example.org/api1/collections/mappings/`)
  const address = new URL(text)
  if (address.username !== '' || address.password !== '') {
    throw new UsageError('The address holds a user name or a password: give them with --user and --password-file')
  }
  const fault = judgeAddress(address)
  if (fault !== undefined && !(insecureHttp && address.protocol === 'http:')) {
    const isHttp = address.protocol === 'http:'
    const hint = isHttp ? '; --insecure-http allows it, and lets everybody on the way read what is sent' : ''
    throw new UsageError(`${address.href} ${fault}${hint}`)
  }
  const target = readCollectionAddress(address)
  if (!target) throw new UsageError(`${address.href} is no address of a collection: …/collections/{id}/`)
  return target
}
