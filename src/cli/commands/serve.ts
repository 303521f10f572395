import { Command, InvalidArgumentError, Option } from 'commander'
import type { ServeOptions } from '../serve-folder.js'
import { withExamples } from '../usage.js'

/** Above the system ports, and not used by a well-known service. */
const defaultPort = 6121
const maxPort = 65_535

/** `crosswalk serve`: a read-only TAXII 2.1 server for a folder of bundles. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Serves the STIX bundles of a folder to threat intelligence platforms, as collections of a read-only TAXII 2.1 server. '
      + 'Changed bundles are reloaded. Runs until stopped (Ctrl-C).')
    .argument('<DIR>', 'folder with STIX bundles, such as the output of `convert --to stix`')
    .option('--host <address>', 'address to listen on; any other than loopback requires a password and TLS', '127.0.0.1')
    .addOption(new Option('--port <number>', 'port to listen on; 0 picks a free one').argParser(parsePort).default(defaultPort))
    .option('--user <name>', 'require this user name (HTTP Basic)')
    .option('--password-file <file>', 'file with the required password on its first line')
    .option('--tls-cert <file>', 'serve over TLS with this certificate (PEM, including the chain)')
    .option('--tls-key <file>', 'private key of the certificate (PEM)')
    .option('--behind-proxy', 'a reverse proxy handles authentication and TLS: allow other addresses without them')
    .option('--verbose', 'log every request')
  withExamples(command, [
    'crosswalk serve output',
    'crosswalk serve output --user opencti --password-file password.txt',
    'crosswalk serve output --host 0.0.0.0 --user opencti --password-file password.txt --tls-cert cert.pem --tls-key key.pem',
  ])
  return command.action(async (folder: string) => {
    const { serveFolder } = await import('../serve-folder.js')
    await serveFolder(folder, command.opts<ServeOptions>())
  })
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > maxPort) throw new InvalidArgumentError(`Expected a whole number from 0 to ${maxPort}.`)
  return port
}
