import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { page } from '../e2e/pages.js'

/** Documents to convert, and how many rows they have. */
export interface Inputs {
  readonly paths: readonly string[]
  readonly rows: number
}

/** Writes a page of one set to a folder. */
export function writePage(folder: string): Inputs {
  const file = path.join(folder, 'page.txt')
  writeFileSync(file, page)
  return { paths: [file], rows: 2 }
}

/** Writes mapping files of generated rows, where the published ones are not available. */
export function writeGeneratedFiles(folder: string, files: number, rows: number): Inputs {
  mkdirSync(folder, { recursive: true })
  const paths = Array.from({ length: files }, (_, index) => path.join(folder, `generated-${index}.json`))
  for (const [index, file] of paths.entries()) writeFileSync(file, generateDocument(rows, `${index + 1}`))
  return { paths, rows: files * rows }
}

/** Writes one mapping file with a number of rows. */
export function writeGeneratedFile(folder: string, rows: number): Inputs {
  const file = path.join(folder, `rows-${rows}.json`)
  writeFileSync(file, generateDocument(rows, '1'))
  return { paths: [file], rows }
}

/** Writes a mapping file of generated rows, and a later state of it: some rows left out, some with a comment, some of new capabilities. */
export function writeTwoStates(folder: string, rows: number): readonly [old: string, fresh: string] {
  const files = [path.join(folder, 'old.json'), path.join(folder, 'new.json')] as const
  writeFileSync(files[0], generateDocument(rows, '1'))
  writeFileSync(files[1], generateDocument(rows, '1', changeRow))
  return files
}

function changeRow(row: GeneratedRow, index: number): readonly GeneratedRow[] {
  if (index % 20 === 3) return []
  if (index % 20 === 7) return [{ ...row, comments: `Comment on row ${index}` }]
  return index % 20 === 11 ? [row, { ...row, capability_id: `NEW-${Math.floor(index / 640)}` }] : [row]
}

const techniques = [
  'T1003', 'T1005', 'T1016', 'T1021', 'T1027', 'T1036', 'T1037', 'T1039', 'T1040', 'T1041', 'T1046', 'T1047', 'T1048', 'T1053', 'T1055', 'T1056',
  'T1057', 'T1059', 'T1068', 'T1070', 'T1071', 'T1072', 'T1078', 'T1080', 'T1090', 'T1091', 'T1092', 'T1095', 'T1098', 'T1102', 'T1104', 'T1105',
  'T1106', 'T1110', 'T1111', 'T1112', 'T1114', 'T1115', 'T1119', 'T1123', 'T1124', 'T1127', 'T1129', 'T1132', 'T1133', 'T1134', 'T1135', 'T1136',
  'T1137', 'T1140', 'T1176', 'T1185', 'T1187', 'T1189', 'T1190', 'T1195', 'T1197', 'T1199', 'T1200', 'T1201', 'T1202', 'T1203', 'T1204', 'T1205',
]

type GeneratedRow = Readonly<Record<string, unknown>>

/** Each capability is mapped to every technique of the list: as many rows per capability and technique as in the published files. */
function generateDocument(rows: number, version: string, change: (row: GeneratedRow, index: number) => readonly GeneratedRow[] = (row) => [row]): string {
  const metadata = {
    mapping_version: '', technology_domain: 'enterprise', attack_version: '16.1', mapping_framework: 'nist_800_53',
    mapping_framework_version: `rev${version}`, author: null, contact: null, organization: null, creation_date: '01/02/2025', last_update: '01/02/2025',
    mapping_types: { mitigates: { name: 'mitigates', description: '' } }, capability_groups: { XX: 'Group of the generated set' },
  }
  const lines = Array.from({ length: rows }, (_, index) => {
    const number = Math.floor(index / techniques.length)
    const row = {
      capability_id: `XX-${number}`, capability_description: `Capability number ${number} of the generated set`, capability_group: 'XX',
      mapping_type: 'mitigates', attack_object_id: techniques[index % techniques.length], attack_object_name: '', comments: '', references: [],
      status: 'complete',
    }
    return change(row, index).map((changed) => JSON.stringify(changed))
  })
  return `{"metadata":${JSON.stringify(metadata)},"mapping_objects":[\n${lines.flat().join(',\n')}\n]}\n`
}
