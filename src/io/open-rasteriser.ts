import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Rasterise } from '../pipeline/host.js'

const fonts = [400, 700].map((weight) => `@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`)
let opened: Promise<Rasterise | undefined> | undefined

/**
 * Loads resvg, compiled to WebAssembly, and DejaVu Sans, at first use: the same pixels on every machine, whatever fonts it has.
 * Undefined where their packages are not installed.
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
    // Memory of WebAssembly is not freed with the objects that stand for it.
    image.free()
    drawing.free()
    return bytes
  }
}

/** Undefined where a package is not there. Whatever else goes wrong is a fault of the program. */
async function attempt<Found>(find: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof Error && 'code' in error && missing.some((code) => code === error.code)) return undefined
    throw error
  }
}

const missing = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED', 'ENOENT']
