/** A script for a worker: the address of its file, or its text. */
export type WorkerScript = URL | string

let bundled: Promise<WorkerScript> | undefined

/**
 * The script of the worker that reads documents, bundled with esbuild, once. The build puts the address of the file that it wrote
 * in this module's place (scripts/build.mjs).
 */
export function loadWorkerScript(): Promise<WorkerScript> {
  bundled ??= bundle()
  return bundled
}

async function bundle(): Promise<WorkerScript> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [new URL('document-worker.ts', import.meta.url).pathname],
    bundle: true, platform: 'node', format: 'cjs', write: false, logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}
