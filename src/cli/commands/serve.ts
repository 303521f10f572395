import { Command, InvalidArgumentError, Option } from 'commander'
import type { ServeOptions } from '../serve-folder.js'
import { withExamples } from '../usage.js'

/** Above the ports of the system, and of no well-known service. */
const defaultPort = 6121
const largestPort = 65_535

/** `crosswalk serve`: a read-only TAXII 2.1 server over a folder of bundles. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Serves the STIX bundles of a folder to threat intelligence platforms, as collections of a read-only TAXII 2.1 server. '
      + 'Bundles that change are served anew. Runs until it is stopped (Ctrl-C).')
    .argument('<DIR>', 'a folder with STIX bundles, such as what `convert --to stix` wrote')
    .option('--host <address>', 'the address to listen at; any but this machine\'s own needs a password and TLS', '127.0.0.1')
    .addOption(new Option('--port <number>', 'the port to listen at; 0 takes any free one').argParser(parsePort).default(defaultPort))
    .option('--user <name>', 'ask for this user name (HTTP Basic)')
    .option('--password-file <file>', 'and for the password that is the first line of this file')
    .option('--tls-cert <file>', 'speak TLS, with this certificate (PEM, with the chain)')
    .option('--tls-key <file>', 'the private key of the certificate (PEM)')
    .option('--behind-proxy', 'something in front sees to passwords and TLS: other addresses are fine without')
    .option('--verbose', 'tell of each request')
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
  if (!/^\d+$/.test(text) || port > largestPort) throw new InvalidArgumentError(`It is a whole number from 0 to ${largestPort}.`)
  return port
}
