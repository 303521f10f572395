import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Rasterise } from '../pipeline/host.js'

const fonts = [
  '@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2',
  '@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2',
]
let opened: Promise<Rasterise | undefined> | undefined

/**
 * Loads resvg (WebAssembly) and DejaVu Sans on first use, so that output is the same on every machine, whatever fonts it has. Undefined
 * if the packages are not installed.
 */
export function openRasteriser(): Promise<Rasterise | undefined> {
  opened ??= load()
  return opened
}

async function load(): Promise<Rasterise | undefined> {
  const { resolve } = createRequire(import.meta.url)
  const found = await attempt(async () => Promise.all([
    import('@resvg/resvg-wasm'),
    readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')),
    Promise.all(fonts.map((file) => readFile(resolve(file)))),
  ]))
  if (!found) return undefined
  const [{ initWasm, Resvg }, wasm, fontFiles] = found
  await initWasm(wasm)
  const fontBuffers = fontFiles.map((bytes) => new Uint8Array(bytes))
  const font = { fontBuffers, defaultFontFamily: 'DejaVu Sans', loadSystemFonts: false }
  return (svg, width) => {
    const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: width }, font })
    const image = drawing.render()
    const bytes = image.asPng()
    // WebAssembly memory is not garbage-collected with its JavaScript wrappers.
    image.free()
    drawing.free()
    return bytes
  }
}

const missing = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED', 'ENOENT']

/** Result of `find`; undefined if a package is missing. Other errors are bugs and are thrown. */
async function attempt<Found>(find: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof Error && 'code' in error && missing.some((code) => code === error.code)) return undefined
    throw error
  }
}
