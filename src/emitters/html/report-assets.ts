import buildOptions from './report-assets.json' with { type: 'json' }

/** The script and the style sheet of the report, minified. */
export interface ReportAssets {
  readonly script: string
  readonly style: string
}

let bundled: Promise<ReportAssets> | undefined

/**
 * Bundles browser/main.ts and browser/report.css with esbuild, once. In the package, scripts/build.mjs replaces this module by the same
 * bundles: esbuild is not needed at run time, and no generated file can be out of date.
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
