// Takes the screenshots for README and docs, from the output of the built program for input/: the HTML report in Chromium, light
// and dark, and two sheets of the workbook as printed by LibreOffice. If a program is missing, prints a note and leaves the committed
// pictures unchanged. The picture of the matrix is the SVG of the program itself: tests/docs/pictures-page.test.ts keeps it up to date.
import { execFileSync } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const pictures = join(root, 'docs/pictures')

/** Sheets, by the name in the footer of their pages. The picture is a part of the first page, in pixels at `resolution` dots per inch. */
const sheets = [
  { sheet: 'Mappings', picture: 'workbook', resolution: 105, x: 26, y: 49, width: 1500, height: 500 },
  { sheet: 'Coverage Enterprise', picture: 'workbook-coverage', resolution: 110, x: 38, y: 58, width: 846, height: 795 },
]

/** Path of the first of these programs in the PATH; undefined if there is none. */
function findProgram(...names) {
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Takes the mapped part of the matrix with sub-techniques. Chromium's sandbox does not work as root. */
async function takeReport(program, file) {
  const browser = await chromium.launch({ executablePath: program, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1440, height: 640 } })
    await page.goto(`${pathToFileURL(file).href}#matrix?show=mapped&subs=all`)
    await page.screenshot({ path: join(pictures, `report-${colorScheme}.png`) })
  }
  await browser.close()
}

/** Prints the workbook to PDF and takes the parts of `sheets`. */
function takeSheets({ office, toText, toPicture }, file, folder) {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
  execFileSync(office, [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, file], { stdio: 'ignore' })
  const pdf = file.replace(/\.xlsx$/, '.pdf')
  const pages = execFileSync(toText, ['-layout', pdf, '-'], { encoding: 'utf8', maxBuffer: 2 ** 28 }).split('\f')
  for (const { sheet, picture, resolution, x, y, width, height } of sheets) {
    const page = String(pages.findIndex((text) => new RegExp(`^ *${sheet} +\\d+ / \\d+$`, 'm').test(text)) + 1)
    if (page === '0') throw new Error(`No page has "${sheet}" in its footer`)
    const part = ['-r', resolution, '-x', x, '-y', y, '-W', width, '-H', height].map(String)
    execFileSync(toPicture, ['-png', '-singlefile', '-f', page, ...part, pdf, join(pictures, picture)])
  }
}

const chromiumHere = process.env.CROSSWALK_CHROMIUM ?? findProgram('chromium', 'chromium-browser', 'google-chrome')
const printers = { office: findProgram('soffice'), toText: findProgram('pdftotext'), toPicture: findProgram('pdftoppm') }
const folder = mkdtempSync(join(tmpdir(), 'crosswalk-pictures-'))
try {
  const request = ['convert', 'input', '--combine', '--to', 'html,xlsx', '--output', folder, '--quiet']
  execFileSync(process.execPath, ['dist/crosswalk.cjs', ...request], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })

  if (chromiumHere === undefined) console.log('Chromium not found: the pictures of the report are unchanged')
  else await takeReport(chromiumHere, join(folder, 'all.html'))

  const missing = Object.values(printers).includes(undefined)
  if (missing) console.log('LibreOffice or Poppler not found: the pictures of the workbook are unchanged')
  else takeSheets(printers, join(folder, 'all.xlsx'), folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
