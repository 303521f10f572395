// Takes the pictures of README and docs that only other programs can take, of what the built program makes of input/: the HTML
// report in Chromium, light and dark, and two sheets of the workbook as LibreOffice prints them. Where a program is missing, it
// says so and leaves the committed pictures as they are. The matrix is not taken here: it is the program's own SVG, drawn and
// held to its bytes by tests/docs/pictures-page.test.ts.
import { execFileSync } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const pictures = join(root, 'docs/pictures')

/** Sheets, by the name at the foot of their pages. Shown is a part of the first page, in pixels at so many dots per inch. */
const sheets = [
  { sheet: 'Mappings', picture: 'workbook', resolution: 105, x: 26, y: 49, width: 1500, height: 500 },
  { sheet: 'Coverage Enterprise', picture: 'workbook-coverage', resolution: 110, x: 38, y: 58, width: 846, height: 795 },
]

/** The first of these programs that is in the PATH. */
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

/** The mapped part of the matrix with sub-techniques, as the reader of the report sees it. Root may not use the sandbox. */
async function takeReport(program, file) {
  const browser = await chromium.launch({ executablePath: program, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 740 } })
    await page.goto(pathToFileURL(file).href)
    await page.selectOption('#shown', 'mapped')
    await page.click('#open-all')
    await page.mouse.move(0, 0)
    await page.evaluate(() => document.querySelector('#matrix').scrollIntoView())
    await page.screenshot({ path: join(pictures, `report-${colorScheme}.png`) })
  }
  await browser.close()
}

/** The workbook as PDF, and of its pages the corners that are named above. */
function takeSheets({ office, toText, toPicture }, file, folder) {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
  execFileSync(office, [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, file], { stdio: 'ignore' })
  const pdf = file.replace(/\.xlsx$/, '.pdf')
  const pages = execFileSync(toText, ['-layout', pdf, '-'], { encoding: 'utf8', maxBuffer: 2 ** 28 }).split('\f')
  for (const { sheet, picture, resolution, x, y, width, height } of sheets) {
    const page = String(pages.findIndex((text) => new RegExp(`^ *${sheet} +\\d+ / \\d+$`, 'm').test(text)) + 1)
    if (page === '0') throw new Error(`No page has "${sheet}" at its foot`)
    const part = ['-r', resolution, '-x', x, '-y', y, '-W', width, '-H', height].map(String)
    execFileSync(toPicture, ['-png', '-singlefile', '-f', page, ...part, pdf, join(pictures, picture)])
  }
}

const chromiumHere = process.env.CROSSWALK_CHROMIUM ?? findProgram('chromium', 'chromium-browser', 'google-chrome')
const printers = { office: findProgram('soffice'), toText: findProgram('pdftotext'), toPicture: findProgram('pdftoppm') }
const folder = mkdtempSync(join(tmpdir(), 'crosswalk-pictures-'))
try {
  const request = ['convert', 'input', '--combine', '--to', 'html,xlsx', '--output', folder, '--quiet']
  execFileSync(process.execPath, ['dist/crosswalk.js', ...request], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })

  if (chromiumHere === undefined) console.log('No Chromium here: the pictures of the report stay as they are')
  else await takeReport(chromiumHere, join(folder, 'all.html'))

  const missing = Object.values(printers).includes(undefined)
  if (missing) console.log('No LibreOffice or Poppler here: the pictures of the workbook stay as they are')
  else takeSheets(printers, join(folder, 'all.xlsx'), folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
