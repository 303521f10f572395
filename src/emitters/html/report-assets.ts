import buildOptions from './report-assets.json' with { type: 'json' }

/** The script and the style of the report, as they stand in the page. */
export interface ReportAssets {
  readonly script: string
  readonly style: string
}

let bundled: Promise<ReportAssets> | undefined

/**
 * Bundles browser/main.ts and browser/report.css with esbuild, once. The build puts what it bundled with the same options in this
 * module's place (scripts/build.mjs): no esbuild at run time, and nothing generated that could be older than its source.
 */
export function loadReportAssets(): Promise<ReportAssets> {
  bundled ??= bundle()
  return bundled
}

async function bundle(): Promise<ReportAssets> {
  const { build } = await import('esbuild')
  const [script = '', style = ''] = await Promise.all(buildOptions.entryPoints.map(async (entry) => {
    const folder = new URL('browser', import.meta.url).pathname
    const { outputFiles } = await build({ ...buildOptions.options, absWorkingDir: folder, entryPoints: [entry], write: false })
    return outputFiles[0]?.text.trim()
  }))
  return { script, style }
}
