import { csv } from './csv/csv.js'
import { navigator } from './navigator/navigator.js'
import { stix } from './stix/stix.js'
import { xlsx } from './xlsx/xlsx.js'

/** Every emitter. A new format is one folder and one line here. */
export const emitters = [stix, navigator, csv, xlsx] as const

export type EmitterId = string
