// The software bill of materials (CycloneDX 1.6, JSON): the packages that the program needs, from the lock file, and which of them are bundled.
// It has neither a serial number nor a time, so that the same build gives the same bytes.
import { readFileSync } from 'node:fs'

const root = new URL('../', import.meta.url)

function readJson(path) {
  return JSON.parse(readFileSync(new URL(path, root), 'utf8'))
}

/**
 * Bill of materials as text. `bundled`: folders of packages whose code is in dist/, such as "node_modules/yaml".
 * Throws if the lock file lacks one of them, since the bill would be incomplete.
 */
export function billOfMaterials(bundled) {
  const lock = readJson('package-lock.json').packages
  const needed = Object.keys(lock).filter((folder) => folder !== '' && (lock[folder].dev !== true || bundled.has(folder)) && !lock[folder].optional).sort()
  const unlisted = [...bundled].filter((folder) => !needed.includes(folder))
  if (unlisted.length > 0) throw new Error(`the lock file lacks ${unlisted.join(', ')}`)
  const own = readJson('package.json')
  const components = needed.map((folder) => describePackage(folder, lock[folder], bundled.has(folder)))
  const refs = new Map(needed.map((folder, index) => [folder, components[index]['bom-ref']]))
  const dependsOn = (folder, names) => [...new Set(names.flatMap((name) => refs.get(resolvePackage(lock, folder, name)) ?? []))].sort()
  const ownRef = purl(own.name, own.version)
  return `${JSON.stringify({
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        'type': 'application', 'bom-ref': ownRef, 'name': own.name, 'version': own.version, 'description': own.description,
        'licenses': [{ license: { id: own.license } }], 'purl': ownRef,
      },
    },
    components,
    dependencies: [
      { ref: ownRef, dependsOn: dependsOn('', Object.keys(own.dependencies)) },
      ...needed.map((folder) => ({ ref: refs.get(folder), dependsOn: dependsOn(folder, Object.keys(lock[folder].dependencies ?? {})) })),
    ],
  }, undefined, 2)}\n`
}

function describePackage(folder, { version, integrity, name: alias }, isBundled) {
  const { name, license } = { ...readJson(`${folder}/package.json`), ...(alias && { name: alias }) }
  const [group, short] = name.startsWith('@') ? name.split('/') : [undefined, name]
  const [algorithm, digest] = (integrity ?? '').split('-')
  const ref = purl(name, version)
  return {
    'type': 'library',
    'bom-ref': ref,
    ...(group && { group }),
    'name': short,
    version,
    ...(algorithm === 'sha512' && { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }),
    // An expression such as "(MIT OR Apache-2.0)" has no id.
    'licenses': [/^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license }],
    'purl': ref,
    'properties': [{ name: 'attack-crosswalk:bundled', value: String(isBundled) }],
  }
}

/** The folder of a package as Node.js finds it: below the package that needs it, or above. */
function resolvePackage(lock, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (lock[candidate] || folder === '') return candidate
  }
}

/** Package URL (github.com/package-url/purl-spec). */
function purl(name, version) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}
